import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { listLedger } from '@/lib/ledger/list-ledger'
import { listOwnCredits } from '@/lib/ledger/list-own-credits'
import { decideClaim } from '@/lib/reviews/decide-claim'
import { getClaimForReview } from '@/lib/reviews/get-claim-for-review'
import { listApprovalQueue } from '@/lib/reviews/list-approval-queue'
import { listReviewQueue } from '@/lib/reviews/list-review-queue'
import { NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { type Stage, setStage } from './stage'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

/** As many claims as one university has in years, most of them in the two queues. */
const CLAIMS = 20_000

let world: TestWorld
let stage: Stage
let asApp: pg.Client

beforeAll(async () => {
  world = await openTestWorld()
  stage = await setStage(world)
  const { claimId } = await stage.endorsedClaimOf(2)
  await decideClaim(stage.admin.actor, { claimId, version: 1, action: 'approve' }, { now: NOW })
  await fillQueues()
  asApp = new pg.Client({ connectionString: world.database.appUrl })
  await asApp.connect()
})
afterAll(async () => {
  await asApp?.end()
  await world?.close()
})

async function fillQueues(): Promise<void> {
  const { university } = stage
  await world.db.$executeRaw`
    with people as (insert into person (id) select gen_random_uuid() from generate_series(1, 2000) returning id)
    insert into member (university_id, id, person_id, number, name, department_id, updated_at)
    select ${university.universityId}::uuid, gen_random_uuid(), id, '9' || row_number() over (),
           '学生' || row_number() over (), ${university.departmentId}::uuid, now() from people`
  await world.db.$executeRaw`
    insert into claim (university_id, id, member_id, person_id, department_id, term_id, policy_version_id, engine_version,
                       state, evidence_state, item_count, warning_count, credit_hundredths, queued_at, submitted_at, updated_at)
    select ${university.universityId}::uuid, gen_random_uuid(), m.id, m.person_id,
           case when n % 3 = 0 then ${university.otherDepartmentId}::uuid else ${university.departmentId}::uuid end,
           ${university.termId}::uuid, ${university.policyVersionId}::uuid, 1,
           case when n % 2 = 0 then 'in_review' else 'endorsed' end, 'complete', 1, case when n % 50 = 0 then 1 else 0 end,
           25, now() - make_interval(mins => n), now() - make_interval(mins => n), now()
      from generate_series(1, ${CLAIMS}::int) n
      join (select id, person_id, row_number() over () as row from member where university_id = ${university.universityId}::uuid
             and number like '9%') m on m.row = 1 + n % 2000`
  await world.db.$executeRawUnsafe('analyze')
}

type Asked = { text: string; values: unknown[] }

/** The statements of an act, without those that open and close its transaction. */
async function statementsOf(act: () => Promise<unknown>): Promise<Asked[]> {
  await act()
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await act()
    return spy.mock.calls.flatMap(([query]) => {
      const asked = z.object({ text: z.string(), values: z.array(z.unknown()).default([]) }).safeParse(query)
      return asked.success && !/^(BEGIN|COMMIT|select\s+set_config)/i.test(asked.data.text) ? [asked.data] : []
    })
  } finally {
    spy.mockRestore()
  }
}

type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Actual Rows'?: number; Plans?: Plan[] }

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
}

/** How the app's role gets there, under row-level security. */
async function planOf({ text, values }: Asked): Promise<Plan[]> {
  await asApp.query('begin')
  await asApp.query(`select set_config('app.university', $1, true)`, [stage.university.universityId])
  const { rows } = await asApp.query({ text: `explain (analyze, format json) ${text}`, values })
  await asApp.query('rollback')
  return nodesOf(rows[0]['QUERY PLAN'][0].Plan)
}

test.each([
  ['the queue', 2, () => listReviewQueue(stage.professor.actor)],
  ['the queue, without warnings', 2, () => listReviewQueue(stage.professor.actor, { filter: 'no_warnings' })],
  ['the queue, with warnings', 2, () => listReviewQueue(stage.professor.actor, { filter: 'with_warnings' })],
  ['the approvals', 2, () => listApprovalQueue(stage.admin.actor)],
] as const)('%s: %d statements, and no claim is read that is not near the page', async (_what, count, act) => {
  const statements = await statementsOf(act)
  expect(statements).toHaveLength(count)
  for (const statement of statements) {
    const claims = (await planOf(statement)).filter((node) => node['Relation Name'] === 'claim')
    expect(claims.map((node) => node['Node Type'])).not.toContain('Seq Scan')
    expect(Math.max(...claims.map((node) => node['Actual Rows'] ?? 0))).toBeLessThanOrEqual(110)
  }
})

test('a claim for review: ten statements by key, none that reads a table through', async () => {
  const { claimId } = await stage.claimOf(2)
  const statements = await statementsOf(() => getClaimForReview(stage.professor.actor, claimId))
  expect(statements.length).toBeLessThanOrEqual(10)
  for (const statement of statements) {
    const claims = (await planOf(statement)).filter((node) => node['Relation Name'] === 'claim')
    expect(claims.map((node) => node['Node Type'])).not.toContain('Seq Scan')
  }
})

test('the ledger and one’s own credits: a handful of statements', async () => {
  expect((await statementsOf(() => listLedger(stage.admin.actor))).length).toBeLessThanOrEqual(5)
  expect((await statementsOf(() => listOwnCredits(stage.student.actor, { cursor: null }))).length).toBeLessThanOrEqual(
    4,
  )
})
