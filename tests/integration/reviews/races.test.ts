import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { warnClaims } from '@/lib/claims/warn-claims'
import { withdrawClaim } from '@/lib/claims/withdraw-claim'
import type { MemberActor } from '@/lib/domain/actor'
import { DEFAULT_POLICY } from '@/lib/domain/default-policy'
import { correctCredit } from '@/lib/ledger/correct-credit'
import { revokeCredit } from '@/lib/ledger/revoke-credit'
import { verifyLedger } from '@/lib/ledger/verify-ledger'
import { decideClaim } from '@/lib/reviews/decide-claim'
import { makeMember, NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { setStage } from './stage'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

const run = promisify(execFile)
let world: TestWorld
let holder: pg.Client

beforeAll(async () => {
  world = await openTestWorld()
  holder = new pg.Client({ connectionString: world.database.superuserUrl })
  await holder.connect()
})
afterAll(async () => {
  await holder?.end()
  await world?.close()
})

type Order = { actor: MemberActor; claimId: string; action: string; reasonCode?: 'trivial' }

/** Decides in a process of its own. */
async function decideElsewhere({ actor, claimId, action, reasonCode }: Order): Promise<{ ok: boolean; code?: string }> {
  const order = JSON.stringify({ actor, claimId, version: 1, action, reasonCode: reasonCode ?? null, now: NOW })
  const { stdout } = await run('npx', ['tsx', 'tests/integration/reviews/decide-process.ts', order], {
    env: { ...process.env, DATABASE_URL: world.database.appUrl },
  })
  return JSON.parse(stdout)
}

/**
 * Waits until so many others wait for a lock that the holder has: they are in the middle of the same act. Asked over
 * another connection, since one in a transaction sees the same activity for as long as that lasts.
 */
async function untilWaiting(count: number, acts: Promise<unknown>): Promise<void> {
  let over = false
  const end = () => {
    over = true
  }
  void acts.then(end, end)
  while (!over) {
    const rows = await world.db.$queryRaw<{ waiting: number }[]>`
      select count(*)::int as waiting from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`
    if ((rows[0]?.waiting ?? 0) >= count) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('two professors at once, in two processes: one wins, the other is told', async () => {
  const stage = await setStage(world)
  const other = await makeMember(world, stage.university, { roles: ['reviewer'], name: '孙若水' })
  const { claimId } = await stage.claimOf(1)
  // Both read the claim and wait to take it on.
  await holder.query('begin')
  await holder.query('select 1 from claim where id = $1 for update', [claimId])
  const both = Promise.all([
    decideElsewhere({ actor: stage.professor.actor, claimId, action: 'endorse' }),
    decideElsewhere({ actor: other.actor, claimId, action: 'reject', reasonCode: 'trivial' }),
  ])
  await untilWaiting(2, both)
  await holder.query('commit')
  const results = await both
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect(results.find(({ ok }) => !ok)).toEqual({ ok: false, code: 'decided_first' })
  expect(await world.db.decision.count({ where: { claimId } })).toBe(1)
  expect(await world.db.auditEvent.count({ where: { subjectId: claimId } })).toBe(1)
})

test('two approvals racing for one cap, in two processes: exact, whoever is first', async () => {
  const policy = { ...DEFAULT_POLICY, caps: { ...DEFAULT_POLICY.caps, perTermHundredths: 60, lifetimeHundredths: 60 } }
  const stage = await setStage(world, { policy })
  // 50 each alone; 60 together.
  const claims = [await stage.endorsedClaimOf(2), await stage.endorsedClaimOf(2)]
  const { universityId } = stage.university
  await holder.query('begin')
  await holder.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `credits:${universityId}:${stage.student.memberId}`,
  ])
  const second = await makeMember(world, stage.university, { roles: ['admin'] })
  const admins = [stage.admin.actor, second.actor]
  const both = Promise.all(
    claims.map(({ claimId }, index) =>
      decideElsewhere({ actor: admins[index] ?? stage.admin.actor, claimId, action: 'approve' }),
    ),
  )
  await untilWaiting(2, both)
  await holder.query('commit')
  expect((await both).map(({ ok }) => ok)).toEqual([true, true])
  const lines = await world.db.creditEntry.findMany({ where: { universityId }, orderBy: { sequence: 'asc' } })
  expect(lines.map(({ sequence, creditHundredths }) => [sequence, creditHundredths])).toEqual([
    [1n, 50],
    [2n, 10],
  ])
  const verdict = await verifyLedger(stage.admin.actor, { universityId }, { now: NOW })
  expect(verdict).toMatchObject({ ok: true, lines: 2 })
})

test('many approvals at once, of one student: one chain, no gap, every figure exact', async () => {
  const stage = await setStage(world)
  const claims = []
  for (let index = 0; index < 8; index += 1) claims.push(await stage.endorsedClaimOf(1))
  await Promise.all(
    claims.map(({ claimId }) =>
      decideClaim(stage.admin.actor, { claimId, version: 1, action: 'approve' }, { now: NOW }),
    ),
  )
  const { universityId } = stage.university
  const lines = await world.db.creditEntry.findMany({ where: { universityId }, orderBy: { sequence: 'asc' } })
  expect(lines.map(({ sequence }) => Number(sequence))).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  // The term's cap is two credits: eight quarters fill it exactly.
  expect(lines.reduce((sum, { creditHundredths }) => sum + creditHundredths, 0)).toBe(200)
  expect(await verifyLedger(stage.admin.actor, { universityId }, { now: NOW })).toMatchObject({ ok: true, lines: 8 })
})

test('two corrections of one award at once: one is entered, the other learns of it', async () => {
  const stage = await setStage(world)
  const { claimId } = await stage.endorsedClaimOf(2)
  await decideClaim(stage.admin.actor, { claimId, version: 1, action: 'approve' }, { now: NOW })
  const { id: entryId } = await world.db.creditEntry.findFirstOrThrow({ where: { claimId } })
  const results = await Promise.allSettled([
    correctCredit(stage.admin.actor, { entryId, netHundredths: 50, newHundredths: 30, reason: '一' }, { now: NOW }),
    revokeCredit(stage.admin.actor, { entryId, netHundredths: 50, reason: '二' }, { now: NOW }),
  ])
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await world.db.creditEntry.count({ where: { correctsEntryId: entryId } })).toBe(1)
})

test('a revert and an approval at once: whoever is first, the admins learn of it exactly once', async () => {
  const stage = await setStage(world)
  const { claimId } = await stage.endorsedClaimOf(1)
  const { contributionId } = await world.db.claimItem.findFirstOrThrow({ where: { claimId } })
  await world.db.contribution.update({ where: { id: contributionId }, data: { landingState: 'reverted' } })
  await holder.query('begin')
  await holder.query('select 1 from claim_item where claim_id = $1 for update', [claimId])
  const approval = decideClaim(stage.admin.actor, { claimId, version: 1, action: 'approve' }, { now: NOW })
  await untilWaiting(1, approval)
  const warning = warnClaims(
    { kind: 'system', name: 'SYSTEM_EVIDENCE', universityId: null },
    { contributionId, code: 'reverted' },
    { now: NOW },
  )
  await untilWaiting(2, warning)
  await holder.query('commit')
  expect(await approval).toMatchObject({ state: 'approved' })
  expect(await warning).toBe(1)
  const told = { memberId: stage.admin.memberId, code: 'approved_contribution_reverted' }
  expect(await world.db.notification.count({ where: told })).toBe(1)

  // The other way about: the approval meets a warning that it has not read.
  const second = await stage.endorsedClaimOf(1)
  const item = await world.db.claimItem.findFirstOrThrow({ where: { claimId: second.claimId } })
  await world.db.contribution.update({ where: { id: item.contributionId }, data: { landingState: 'reverted' } })
  await holder.query('begin')
  await holder.query('select 1 from claim_item where claim_id = $1 for update', [second.claimId])
  const warned = warnClaims(
    { kind: 'system', name: 'SYSTEM_EVIDENCE', universityId: null },
    { contributionId: item.contributionId, code: 'reverted' },
    { now: NOW },
  )
  await untilWaiting(1, warned)
  const order = { claimId: second.claimId, version: 1, action: 'approve' } as const
  const late = decideClaim(stage.admin.actor, order, { now: NOW }).catch((error: unknown) => error)
  await untilWaiting(2, late)
  await holder.query('commit')
  expect(await warned).toBe(1)
  expect(await late).toMatchObject({ kind: 'conflict', code: 'claim_warned' })
  expect(await world.db.notification.count({ where: told })).toBe(1)
})

test('withdrawn and endorsed at once: one of the two happens', async () => {
  const stage = await setStage(world)
  const { claimId } = await stage.claimOf(1)
  const results = await Promise.allSettled([
    withdrawClaim(stage.student.actor, { claimId, version: 1 }, { now: NOW }),
    decideClaim(stage.professor.actor, { claimId, version: 1, action: 'endorse' }, { now: NOW }),
  ])
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const works = await world.db.liveWork.count({ where: { claimId } })
  const { state } = await world.db.claim.findFirstOrThrow({ where: { id: claimId } })
  expect([state, works]).toEqual(results[0]?.status === 'fulfilled' ? ['withdrawn', 0] : ['endorsed', 1])
})
