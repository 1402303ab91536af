import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { findStoredPolicy, listStoredLines } from '@/lib/db/ledger-verification'
import { withScope } from '@/lib/db/scope'
import { checkLine } from '@/lib/ledger/check-line'
import { correctCredit } from '@/lib/ledger/correct-credit'
import { loadMaterial } from '@/lib/ledger/load-material'
import { revokeCredit } from '@/lib/ledger/revoke-credit'
import { verifyLedger } from '@/lib/ledger/verify-ledger'
import type { LedgerVerdict } from '@/lib/ledger/view'
import { decideClaim } from '@/lib/reviews/decide-claim'
import { makeUniversity, NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { type Stage, setStage } from '../reviews/stage'
import { rewriteChain, tamper } from './tamper'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

let world: TestWorld
let stage: Stage
const deps = { now: NOW }

beforeAll(async () => {
  world = await openTestWorld()
}, 60_000)
afterAll(() => world?.close())
beforeEach(async () => {
  stage = await setStage(world)
})

const universityId = () => stage.university.universityId
const verify = (linesAtOnce = 2): Promise<LedgerVerdict> =>
  verifyLedger(stage.admin.actor, { universityId: universityId() }, { ...deps, linesAtOnce })

async function approve(count: number): Promise<string> {
  const { claimId } = await stage.endorsedClaimOf(count)
  await decideClaim(stage.admin.actor, { claimId, version: 1, action: 'approve' }, deps)
  return claimId
}

const lineOf = (sequence: number) =>
  world.db.creditEntry.findUniqueOrThrow({
    where: { universityId_sequence: { universityId: universityId(), sequence: BigInt(sequence) } },
  })

describe('a ledger that holds', () => {
  test('an empty one, and one with awards, a correction and a revocation', async () => {
    expect(await verify()).toMatchObject({ ok: true, lines: 0 })
    await approve(2)
    await approve(1)
    const first = await lineOf(1)
    await correctCredit(
      stage.admin.actor,
      { entryId: first.id, netHundredths: 50, newHundredths: 30, reason: '数额有误' },
      deps,
    )
    const second = await lineOf(2)
    await revokeCredit(stage.admin.actor, { entryId: second.id, netHundredths: 25, reason: '贡献被撤回' }, deps)
    await approve(1)
    expect(await verify()).toMatchObject({ ok: true, lines: 5 })
    expect(await verify(1)).toMatchObject({ ok: true, lines: 5 })
    const event = await world.db.auditEvent.findFirstOrThrow({
      where: { universityId: universityId(), action: 'ledger.verified' },
      orderBy: { id: 'desc' },
    })
    expect(event.data).toEqual({ ok: true, lines: 5, fault: null })
  })

  test('erased particulars leave the chain whole', async () => {
    await approve(1)
    await world.db.creditEntryStudent.updateMany({
      where: { universityId: universityId() },
      data: {
        name: '',
        salt: '',
        studentNumber: 'erased-1',
        college: '',
        programme: null,
        className: null,
        departmentId: null,
        erasedAt: NOW,
      },
    })
    expect(await verify()).toMatchObject({ ok: true, lines: 1 })
  })
})

describe('a ledger that was tampered with names the first line that does not hold', () => {
  beforeEach(async () => {
    for (let index = 0; index < 3; index += 1) await approve(1)
  })

  test.each([
    [
      'the amount',
      `update credit_entry set credit_hundredths = 90 where university_id = $1::uuid and sequence = 2`,
      'hash_differs',
    ],
    [
      'who approved',
      `update credit_entry set approved_by_member_id = member_id where university_id = $1::uuid and sequence = 2`,
      'hash_differs',
    ],
    [
      'the name',
      `update credit_entry_student set name = '别人' where university_id = $1::uuid and sequence = 2`,
      'student_differs',
    ],
    [
      'the particulars removed',
      `delete from credit_entry_student where university_id = $1::uuid and sequence = 2`,
      'student_missing',
    ],
    [
      'the evidence',
      `update evidence set content = jsonb_set(content, '{contribution,additions}', '9999')
        where university_id = $1::uuid and claim_id = (select claim_id from credit_entry where university_id = $1::uuid and sequence = 2)`,
      'evidence_differs',
    ],
    [
      'the evidence with its hash',
      `update evidence set content_sha256 = repeat('a', 64)
        where university_id = $1::uuid and claim_id = (select claim_id from credit_entry where university_id = $1::uuid and sequence = 2)`,
      'evidence_differs',
    ],
    [
      'a diff',
      `update evidence_file set patch = patch || '+ more'
        where university_id = $1::uuid and evidence_id in (select id from evidence where university_id = $1::uuid
          and claim_id = (select claim_id from credit_entry where university_id = $1::uuid and sequence = 2))`,
      'diff_differs',
    ],
    [
      'a diff removed',
      `delete from evidence_file where university_id = $1::uuid and evidence_id in (select id from evidence where university_id = $1::uuid
          and claim_id = (select claim_id from credit_entry where university_id = $1::uuid and sequence = 2))`,
      'diff_differs',
    ],
    [
      'the calculation',
      `update credit_entry set calculation = jsonb_set(calculation, '{prior,lifetimeHundredths}', '0')
        where university_id = $1::uuid and sequence = 2`,
      'calculation_differs',
    ],
    [
      'the calculation removed',
      `update credit_entry set calculation = null where university_id = $1::uuid and sequence = 2`,
      'calculation_missing',
    ],
    [
      'the evidence removed',
      `delete from evidence where university_id = $1::uuid
          and claim_id = (select claim_id from credit_entry where university_id = $1::uuid and sequence = 2)`,
      'evidence_missing',
    ],
    [
      'the endorsement removed',
      `delete from decision where university_id = $1::uuid and stage = 'endorsement'
          and claim_id = (select claim_id from credit_entry where university_id = $1::uuid and sequence = 2)`,
      'endorsement_missing',
    ],
    [
      'the approval removed',
      `delete from decision where university_id = $1::uuid and stage = 'approval'
          and claim_id = (select claim_id from credit_entry where university_id = $1::uuid and sequence = 2)`,
      'approval_missing',
    ],
    [
      'an endorsement that was none',
      `update decision set action = 'request_changes' where university_id = $1::uuid and stage = 'endorsement'
          and claim_id = (select claim_id from credit_entry where university_id = $1::uuid and sequence = 2)`,
      'endorsement_missing',
    ],
    [
      'the approval moved to another claim',
      `update decision set claim_id = (select claim_id from credit_entry where university_id = $1::uuid and sequence = 3)
        where university_id = $1::uuid and stage = 'approval'
          and claim_id = (select claim_id from credit_entry where university_id = $1::uuid and sequence = 2)`,
      'approval_missing',
    ],
    [
      'an endorser who is the approver as a person',
      `update decision d set person_id = (select person_id from decision a where a.university_id = $1::uuid
            and a.claim_id = d.claim_id and a.stage = 'approval')
        where d.university_id = $1::uuid and d.stage = 'endorsement'
          and d.claim_id = (select claim_id from credit_entry where university_id = $1::uuid and sequence = 2)`,
      'same_person_decided',
    ],
    [
      'the contribution taken out of the claim',
      `delete from claim_item where university_id = $1::uuid
          and claim_id = (select claim_id from credit_entry where university_id = $1::uuid and sequence = 2)`,
      'item_not_claimed',
    ],
    [
      'the claim made of another term',
      `update claim set term_id = (select id from term where university_id = $1::uuid and code = '2025-2026-2')
        where university_id = $1::uuid
          and id = (select claim_id from credit_entry where university_id = $1::uuid and sequence = 2)`,
      'claim_of_other',
    ],
    [
      'the repositories that reports print',
      `update credit_entry set repository_names = 'famous/project' where university_id = $1::uuid and sequence = 2`,
      'repositories_differ',
    ],
    [
      'the tiers that reports print',
      `update credit_entry set tiers = 'flagship,standard' where university_id = $1::uuid and sequence = 2`,
      'tiers_differ',
    ],
    [
      'the number of contributions that reports print',
      `update credit_entry set item_count = 9 where university_id = $1::uuid and sequence = 2`,
      'item_count_differs',
    ],
    ['a line removed', `delete from credit_entry where university_id = $1::uuid and sequence = 2`, 'sequence_gap'],
  ])('%s', async (_what, sql, fault) => {
    await tamper(world, sql, universityId())
    const sequence = fault === 'sequence_gap' ? 3 : 2
    expect(await verify()).toMatchObject({ ok: false, fault, sequence, lines: 1 })
  })

  test('evidence of one claim under another, hash and diffs and all', async () => {
    await tamper(
      world,
      `update evidence e set content = o.content, content_sha256 = o.content_sha256
         from evidence o
        where e.university_id = $1::uuid and o.university_id = $1::uuid
          and e.claim_id = (select claim_id from credit_entry where university_id = $1::uuid and sequence = 2)
          and o.claim_id = (select claim_id from credit_entry where university_id = $1::uuid and sequence = 3)`,
      universityId(),
    )
    expect(await verify()).toMatchObject({ ok: false, fault: 'evidence_of_other', sequence: 2, lines: 1 })
  })

  test('evidence swapped within one claim, which leaves every hash of the line as it was', async () => {
    const claimId = await approve(2)
    await tamper(
      world,
      `update evidence e set content = o.content, content_sha256 = o.content_sha256
         from evidence o
        where e.university_id = $1::uuid and o.university_id = $1::uuid and e.claim_id = $2::uuid
          and o.claim_id = $2::uuid and o.id <> e.id`,
      universityId(),
      claimId,
    )
    expect(await verify()).toMatchObject({
      ok: false,
      fault: 'evidence_of_other',
      sequence: 4,
      lines: 3,
      data: { part: 'repository' },
    })
  })

  test.each([
    ['number', `update contribution set number = number + 1000000 where id = $1::uuid`],
    ['author', `update contribution set author_platform_user_id = '1' where id = $1::uuid`],
    [
      'repository',
      `update repository set platform_repository_id = 'moved' where id =
        (select repository_id from contribution where id = $1::uuid)`,
    ],
    [
      'author',
      `update linked_account set platform_user_id = 'not-' || platform_user_id where (platform, platform_user_id) =
        (select platform, author_platform_user_id from contribution where id = $1::uuid)`,
    ],
  ])('evidence whose %s is not that of the contribution', async (part, sql) => {
    const { claimId } = await lineOf(2)
    const { contributionId } = await world.db.claimItem.findFirstOrThrow({ where: { claimId: claimId ?? '' } })
    await tamper(world, sql, contributionId)
    // The identity is the student's in every line.
    const sequence = sql.includes('linked_account') ? 1 : 2
    expect(await verify()).toMatchObject({ ok: false, fault: 'evidence_of_other', sequence, data: { part } })
  })

  test('an author whom the platform deleted since is still theirs', async () => {
    await world.db.contribution.updateMany({ data: { authorPlatformUserId: null, authorType: 'ghost' } })
    expect(await verify()).toMatchObject({ ok: true, lines: 3 })
  })

  test('the last line removed', async () => {
    await tamper(world, `delete from credit_entry where university_id = $1::uuid and sequence = 3`, universityId())
    expect(await verify()).toMatchObject({ ok: false, fault: 'head_differs', sequence: 3, lines: 2 })
  })

  test('the head moved back with it: that is what signed heads outside are for, and here it still holds', async () => {
    const second = await lineOf(2)
    await tamper(world, `delete from credit_entry where university_id = $1::uuid and sequence = 3`, universityId())
    await tamper(
      world,
      `update ledger_head set sequence = 2, hash = $2 where university_id = $1::uuid`,
      universityId(),
      second.hash,
    )
    expect(await verify()).toMatchObject({ ok: true, lines: 2 })
  })

  test('the rules', async () => {
    await tamper(
      world,
      `update policy_version set document = jsonb_set(document, '{points,base,pull_request}', '4000') where university_id = $1::uuid`,
      universityId(),
    )
    expect(await verify()).toMatchObject({ ok: false, fault: 'policy_differs', sequence: 1 })
  })

  test('a whole chain written anew with a greater figure is found by the arithmetic', async () => {
    await rewriteChain(world, universityId(), (sequence) => (sequence === 2 ? { creditHundredths: 90 } : {}))
    expect(await verify()).toMatchObject({
      ok: false,
      fault: 'figure_differs',
      sequence: 2,
      data: { expected: 25, found: 90 },
    })
  })

  test('a chain written anew that forgets what was credited before is found by the lines before', async () => {
    const none = { termHundredths: 0, lifetimeHundredths: 0, repositories: [] }
    await rewriteChain(world, universityId(), (sequence) => (sequence === 2 ? { prior: none } : {}))
    expect(await verify()).toMatchObject({ ok: false, fault: 'prior_credits_differ', sequence: 2 })
  })
})

test('what reports print of a correction is what they print of the award', async () => {
  await approve(2)
  const { id: entryId } = await lineOf(1)
  const reason = '数额有误'
  await correctCredit(stage.admin.actor, { entryId, netHundredths: 50, newHundredths: 30, reason }, deps)
  expect(await verify()).toMatchObject({ ok: true, lines: 2 })
  await tamper(
    world,
    `update credit_entry set item_count = 1 where university_id = $1::uuid and sequence = 2`,
    universityId(),
  )
  expect(await verify()).toMatchObject({ ok: false, fault: 'item_count_differs', sequence: 2, data: { expected: 2 } })
})

test('who may not verify learns nothing', async () => {
  const foreign = await makeUniversity(world)
  const other = verifyLedger(stage.admin.actor, { universityId: foreign.universityId }, deps)
  await expect(other).rejects.toMatchObject({ kind: 'not_found' })
  for (const { actor } of [stage.student, stage.professor]) {
    const refused = verifyLedger(actor, { universityId: universityId() }, deps)
    await expect(refused).rejects.toMatchObject({ code: 'role_not_allowed' })
  }
})

describe('a line that is chained well and should not be there', () => {
  test('a student who endorsed, and a work that was credited before', async () => {
    await approve(1)
    const at = { universityId: universityId() }
    const { line, material } = await withScope(at, async (tx) => {
      const [stored] = await listStoredLines(tx, { ...at, afterSequence: 0, limit: 1 })
      if (!stored) throw new Error('no line')
      const { policyVersionId } = stored.line.body
      const policy = await findStoredPolicy(tx, { ...at, policyVersionId: policyVersionId ?? '' })
      return {
        line: stored,
        material: { ...(await loadMaterial(tx, { ...at, lines: [stored] })), policy, earlier: [] },
      }
    })
    expect(checkLine(line, material)).toBeNull()
    const { body } = line.line
    const ownHand = { ...line, line: { ...line.line, body: { ...body, endorsedByMemberId: body.memberId } } }
    expect(checkLine(ownHand, material)).toMatchObject({ fault: 'same_person_decided' })

    // Of no amount, so that only the work shows it.
    const { calculation, description } = line
    const before = { ...body, sequence: 0, entryId: 'before', creditHundredths: 0, calculation, description }
    expect(checkLine(line, { ...material, earlier: [before] })).toMatchObject({ fault: 'work_credited_twice' })
    const takenBack = { ...before, entryId: 'back', kind: 'revocation', correctsEntryId: 'before', calculation: null }
    expect(checkLine(line, { ...material, earlier: [before, takenBack] })).toBeNull()
  })
})
