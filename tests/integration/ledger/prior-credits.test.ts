import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { listStoredLines } from '@/lib/db/ledger-verification'
import { loadPriorCredits } from '@/lib/db/prior-credits'
import { withScope } from '@/lib/db/scope'
import { calculationRecordSchema, priorCreditsOf } from '@/lib/domain/calculation-record'
import { NO_PRIOR_CREDITS } from '@/lib/domain/credit-calculation'
import { correctCredit } from '@/lib/ledger/correct-credit'
import { revokeCredit } from '@/lib/ledger/revoke-credit'
import { decideClaim } from '@/lib/reviews/decide-claim'
import { NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { type Stage, setStage } from '../reviews/stage'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let world: TestWorld
let stage: Stage
const deps = { now: NOW }

beforeAll(async () => {
  world = await openTestWorld()
  stage = await setStage(world)
})
afterAll(() => world?.close())

const universityId = () => stage.university.universityId
const load = (termId: string | null) =>
  withScope({ universityId: universityId() }, (tx) =>
    loadPriorCredits(tx, { universityId: universityId(), memberId: stage.student.memberId, termId }),
  )

/** Every line read whole, and summed by the rule that verification sums by. */
async function sumWhole(termId: string) {
  const lines = await withScope({ universityId: universityId() }, (tx) =>
    listStoredLines(tx, { universityId: universityId(), afterSequence: 0, limit: 100 }),
  )
  const entries = lines.map(({ line: { body }, calculation }) => ({
    ...body,
    record: body.kind === 'award' && body.termId === termId ? calculationRecordSchema.parse(calculation) : null,
  }))
  return priorCreditsOf(entries, termId)
}

async function award(count: number, termId = stage.university.termId): Promise<{ entryId: string; figure: number }> {
  const { claimId } = await stage.claimOf(count, { termId })
  await decideClaim(stage.professor.actor, { claimId, version: 1, action: 'endorse' }, deps)
  await decideClaim(stage.admin.actor, { claimId, version: 2, action: 'approve' }, deps)
  const line = await world.db.creditEntry.findFirstOrThrow({ where: { claimId, kind: 'award' } })
  return { entryId: line.id, figure: line.creditHundredths }
}

test('added up in the database it is what the lines give, corrected and revoked ones too', async () => {
  const { termId, pastTermId } = stage.university
  expect(await load(termId)).toEqual(NO_PRIOR_CREDITS)
  const kept = await award(2)
  const corrected = await award(3)
  const revoked = await award(1)
  const past = await award(2, pastTermId)
  // Three repositories share 50 of 75: 17, 17 and 16.
  await correctCredit(stage.admin.actor, { ...seen(corrected), newHundredths: 50, reason: '更正' }, deps)
  await correctCredit(stage.admin.actor, { ...seen(past), newHundredths: 1, reason: '更正' }, deps)
  await revokeCredit(stage.admin.actor, { ...seen(revoked), reason: '撤销' }, deps)
  const now = await load(termId)
  expect(now).toMatchObject({ termHundredths: kept.figure + 50, lifetimeHundredths: kept.figure + 50 + 1 })
  expect(now.repositories.map(({ hundredths }) => hundredths).sort()).toEqual([16, 17, 17, 25, 25])
  expect(now).toEqual(await sumWhole(termId))
  expect(await load(pastTermId)).toEqual(await sumWhole(pastTermId))
  expect(await load(null)).toEqual({ ...now, termHundredths: 0, repositories: [] })
})

const seen = ({ entryId, figure }: { entryId: string; figure: number }) => ({ entryId, netHundredths: figure })

test('one statement, which finds the lines of one member by an index', async () => {
  // Many others' lines beside the few that are asked for.
  const { termId } = stage.university
  const { memberId } = stage.admin
  await world.db.$executeRawUnsafe(`
    insert into credit_entry (university_id, sequence, id, kind, claim_id, member_id, term_id, credit_hundredths,
      policy_version_id, engine_version, calculation_hash, evidence_hashes, student_digest, approved_by_member_id, issued_at,
      previous_hash, hash)
    select e.university_id, 1000 + n, gen_random_uuid(), 'award', e.claim_id, '${memberId}', '${termId}', 25,
           e.policy_version_id, 1, 'h', '{}', 'd', '${memberId}', now(), 'p' || n, 'h' || n
      from (select * from credit_entry where university_id = '${universityId()}' and sequence = 1) e, generate_series(1, 20000) n`)
  await world.db.$executeRawUnsafe('vacuum analyze credit_entry')
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  await load(termId)
  const asked = spy.mock.calls.flatMap(([query]) => {
    const parsed = z.object({ text: z.string(), values: z.array(z.unknown()).default([]) }).safeParse(query)
    return parsed.success && parsed.data.text.includes('credit_entry') ? [parsed.data] : []
  })
  spy.mockRestore()
  expect(asked).toHaveLength(1)
  const client = new pg.Client({ connectionString: world.database.appUrl })
  await client.connect()
  await client.query(`select set_config('app.university', $1, false)`, [universityId()])
  const { rows } = await client.query({
    text: `explain (format json) ${asked[0]?.text}`,
    values: asked[0]?.values ?? [],
  })
  await client.end()
  const plan = JSON.stringify(rows)
  expect(plan).not.toContain('"Seq Scan"')
  expect(plan).toMatch(/Index Only Scan/)
})
