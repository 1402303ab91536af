import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createClaim } from '@/lib/claims/create-claim'
import { getClaim } from '@/lib/claims/get-claim'
import { previewClaim } from '@/lib/claims/preview-claim'
import { retryEvidence } from '@/lib/claims/retry-evidence'
import { submitClaim } from '@/lib/claims/submit-claim'
import type { ClaimView } from '@/lib/claims/view'
import { openSyncWorld, type SyncAccount, type SyncWorld } from '../sync/sync-world'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 })

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const CHEN_SIYUAN = 9150002

let world: SyncWorld
let account: SyncAccount
let worker: ChildProcess | undefined

beforeEach(async () => {
  world = await openSyncWorld()
  account = await world.link('gitee', CHEN_SIYUAN)
  await world.sync(account)
})
afterEach(async () => {
  worker?.kill('SIGKILL')
  worker = undefined
  await world.close()
})

/** The worker as `npm run worker` starts it. */
async function startWorker(): Promise<void> {
  worker = spawn(process.execPath, ['--import', 'tsx', 'lib/worker/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, WORKER_CONCURRENCY: '2', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await once(worker, 'message')
}

/** Hands in one contribution that counts, in whichever term it counts. */
async function submitOne(): Promise<{ claimId: string; number: number }> {
  const { actor } = account.member
  const rows = [...(await world.stored(account)).values()].filter(({ landingState }) => landingState === 'landed')
  for (const termId of [world.university.termId, world.university.pastTermId]) {
    const { refused } = await previewClaim(actor, { termId, contributionIds: rows.map(({ id }) => id) })
    const row = rows.find(({ id }) => refused.every(({ contributionId }) => contributionId !== id))
    if (!row) continue
    const content = { contributionIds: [row.id], aiUse: {}, aiUseNote: {}, statement: '' }
    const { claimId } = await createClaim(actor, { ...content, termId })
    await submitClaim(actor, { claimId, version: 2 })
    return { claimId, number: row.number }
  }
  throw new Error('nothing of the account counts')
}

async function untilClaim(claimId: string, holds: (claim: ClaimView) => boolean): Promise<ClaimView> {
  for (let round = 0; round < 240; round += 1) {
    const claim = await getClaim(account.member.actor, { claimId })
    if (holds(claim)) return claim
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  const { state, evidenceState, evidenceFailure } = await getClaim(account.member.actor, { claimId })
  throw new Error(`not within a minute: ${state} ${evidenceState} ${evidenceFailure}`)
}

/** Time goes by: the job that waits is due. */
async function hurry(claimId: string): Promise<void> {
  await world.db.$executeRawUnsafe(
    'update graphile_worker._private_jobs set run_at = now() where key = $1',
    `freeze-evidence:${claimId}`,
  )
}

const strikesOf = async (claimId: string) =>
  (await world.db.claim.findFirstOrThrow({ where: { id: claimId } })).evidenceStrikes
const told = (claimId: string, code: string) =>
  world.db.notification.count({ where: { code, data: { path: ['claimId'], equals: claimId } } })

function fail(kind: 'status_502' | 'truncate', path: string): void {
  world.outside.sandbox.faults.add({ match: { path }, kind, times: 10_000, afterMatches: 0, retryAfterSeconds: 0 })
}

test('a pull request that is gone: four tries, then the claim says so; found again, it goes on when asked', async () => {
  const { claimId, number } = await submitOne()
  // The platform answers 404 under the name.
  const { repository } = await world.db.contribution.findFirstOrThrow({
    where: { number, authorPlatformUserId: account.platformUserId },
    include: { repository: true },
  })
  const called = (name: string) => world.db.repository.update({ where: { id: repository.id }, data: { name } })
  await called('no-such-repository')
  await startWorker()
  for (const strikes of [6, 12, 18]) {
    const claim = await untilClaim(claimId, ({ evidenceFailure }) => evidenceFailure === 'not_found')
    expect(claim).toMatchObject({ state: 'submitted', evidenceState: 'collecting' })
    expect(claim.evidenceRetryAt).not.toBeNull()
    for (let round = 0; (await strikesOf(claimId)) < strikes && round < 240; round += 1) {
      await hurry(claimId)
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
    expect(await strikesOf(claimId)).toBe(strikes)
  }
  await hurry(claimId)
  const failed = await untilClaim(claimId, ({ evidenceState }) => evidenceState === 'failed')
  expect(failed).toMatchObject({ state: 'submitted', evidenceFailure: 'not_found', evidenceRetryAt: null })
  expect(await told(claimId, 'claim_evidence_failed')).toBe(1)
  const [event] = await world.db.auditEvent.findMany({ where: { action: 'claim.evidence_failed' } })
  expect(event).toMatchObject({ subjectId: claimId, data: { claimId, failureKind: 'not_found' } })
  expect(await world.jobs('freeze-evidence')).toEqual([])

  await called(repository.name)
  await retryEvidence(account.member.actor, { claimId })
  await untilClaim(claimId, ({ state }) => state === 'in_review')
})

test('a platform that does not answer is waited for, and goes on by itself', async () => {
  const { claimId, number } = await submitOne()
  fail('status_502', `/pulls/${number}`)
  await startWorker()
  const waiting = await untilClaim(claimId, ({ evidenceFailure }) => evidenceFailure !== null)
  expect(waiting).toMatchObject({ evidenceState: 'collecting', evidenceFailure: 'unavailable' })
  // A day later it is given up.
  await world.db.claim.updateMany({ where: { id: claimId }, data: { evidenceStrikes: 23 } })
  await hurry(claimId)
  const failed = await untilClaim(claimId, ({ evidenceState }) => evidenceState === 'failed')
  expect(failed).toMatchObject({ evidenceFailure: 'unavailable' })
  world.outside.sandbox.faults.clear()
  await retryEvidence(account.member.actor, { claimId })
  await untilClaim(claimId, ({ state }) => state === 'in_review')
})

test('what fails here, to the last try of the job, ends with a word too', async () => {
  const { claimId } = await submitOne()
  await world.db.$executeRawUnsafe(
    `create function refuse_evidence() returns trigger language plpgsql as $$ begin raise 'disk is full'; end $$`,
  )
  await world.db.$executeRawUnsafe(
    'create trigger disk_full before insert on evidence for each row execute function refuse_evidence()',
  )
  await world.db.$executeRawUnsafe(
    'update graphile_worker._private_jobs set attempts = max_attempts - 2 where key = $1',
    `freeze-evidence:${claimId}`,
  )
  await startWorker()
  const gaveUp = `select id from graphile_worker.jobs where task_identifier = 'freeze-evidence' and attempts = max_attempts`
  for (let round = 0; round < 240; round += 1) {
    if ((await world.db.$queryRawUnsafe<unknown[]>(gaveUp)).length > 0) break
    await hurry(claimId)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  const failed = await untilClaim(claimId, ({ evidenceState }) => evidenceState === 'failed')
  expect(failed).toMatchObject({ state: 'submitted', evidenceFailure: 'internal' })
  expect(await told(claimId, 'claim_evidence_failed')).toBe(1)
  await world.db.$executeRawUnsafe('drop trigger disk_full on evidence')
  await retryEvidence(account.member.actor, { claimId })
  await untilClaim(claimId, ({ state }) => state === 'in_review')
})
