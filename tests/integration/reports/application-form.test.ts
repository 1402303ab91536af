import { afterAll, beforeAll, expect, test } from 'vitest'
import { submitClaim } from '@/lib/claims/submit-claim'
import { standingOf } from '@/lib/domain/claim-credit'
import { correctCredit } from '@/lib/ledger/correct-credit'
import { revokeCredit } from '@/lib/ledger/revoke-credit'
import { getApplicationForm } from '@/lib/reports/get-application-form'
import { decideClaim } from '@/lib/reviews/decide-claim'
import { daysAgo, makeMember, NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { setAppEnv } from '@/tests/setup/app-env'
import { type ReportStage, setReportStage } from './stage'

let world: TestWorld
let stage: ReportStage
let other: ReportStage

const refused = (code: string) => expect.objectContaining({ code })

beforeAll(async () => {
  setAppEnv()
  world = await openTestWorld()
  stage = await setReportStage(world)
  other = await setReportStage(world)
}, 60_000)
afterAll(() => world?.close())

test('a claim on paper, waiting and approved: works with their evidence, figure, decisions, student as frozen', async () => {
  const waiting = await stage.claimOf(2)
  const form = await getApplicationForm(stage.student.actor, { claimId: waiting.claimId })
  const evidence = await world.db.evidence.findMany({ where: { claimId: waiting.claimId } })
  expect(form.items.map(({ evidenceSha256 }) => evidenceSha256).sort()).toEqual(
    evidence.map(({ contentSha256 }) => contentSha256).sort(),
  )
  expect(form).toMatchObject({ state: 'in_review', entry: null, calculation: { creditHundredths: 50 } })
  expect(form.student).toEqual({
    number: stage.student.number,
    name: stage.student.name,
    college: '计算机学院',
    programme: '软件工程',
    className: '2301',
  })

  const entryId = await stage.award(1)
  const { claimId } = await world.db.creditEntry.findFirstOrThrow({ where: { id: entryId } })
  await world.db.member.updateMany({ where: { id: stage.student.memberId }, data: { className: '2401' } })
  const correction = { entryId, netHundredths: 25, newHundredths: 10, reason: '更正' }
  await correctCredit(stage.admin.actor, correction, { now: NOW })
  const approved = await getApplicationForm(stage.student.actor, { claimId: claimId ?? '' })
  expect(approved.student.className).toBe('2301')
  expect(approved.entry).toMatchObject({
    ...{ sequence: 1, awardHundredths: 25, netHundredths: 10 },
    answers: [{ sequence: 2, kind: 'correction', creditHundredths: -15, reason: '更正', issuedAt: NOW }],
  })
  expect(approved.items.map(({ platform }) => platform)).toEqual(['github'])
  expect(approved.decisions.map(({ action }) => action)).toEqual(['endorse', 'approve'])
})

test('a revoked one says so on paper, with the reason', async () => {
  const entryId = await stage.award(1)
  const { claimId } = await world.db.creditEntry.findFirstOrThrow({ where: { id: entryId } })
  await revokeCredit(stage.admin.actor, { entryId, netHundredths: 25, reason: '他人代做' }, { now: NOW })
  const form = await getApplicationForm(stage.student.actor, { claimId: claimId ?? '' })
  expect(standingOf(form.state, form.entry)).toBe('revoked')
  expect(form.entry).toMatchObject({ netHundredths: 0, answers: [{ kind: 'revocation', reason: '他人代做' }] })
})

test('opinions on what was handed in before are not printed on what is handed in now', async () => {
  const { claimId } = await stage.claimOf(1)
  const actions = async () =>
    (await getApplicationForm(stage.student.actor, { claimId })).decisions.map(({ action }) => action)
  await decideClaim(stage.professor.actor, { claimId, version: 1, action: 'endorse' }, { now: daysAgo(2) })
  const changes = { claimId, version: 2, action: 'request_changes', comment: '请补充说明' } as const
  await decideClaim(stage.admin.actor, changes, { now: daysAgo(2) })
  expect(await actions()).toEqual(['endorse', 'request_changes'])
  await submitClaim(stage.student.actor, { claimId, version: 3 }, { now: daysAgo(1) })
  expect(await actions()).toEqual([])
})

test('its student, the department’s professors and the admins see it; nobody else knows that it is there', async () => {
  const { claimId } = await stage.claimOf(1)
  for (const { actor } of [stage.student, stage.professor, stage.admin]) {
    expect((await getApplicationForm(actor, { claimId })).claimId).toBe(claimId)
  }
  const fellow = await makeMember(world, stage.university)
  const elsewhere = await makeMember(world, stage.university, {
    roles: ['reviewer'],
    reviewDepartmentIds: [stage.university.otherDepartmentId],
  })
  for (const { actor } of [fellow, elsewhere, other.student, other.professor, other.admin]) {
    await expect(getApplicationForm(actor, { claimId })).rejects.toMatchObject({ kind: 'not_found' })
  }
  await expect(getApplicationForm(stage.admin.actor, { claimId: 'nonsense' })).rejects.toEqual(
    refused('claim_not_found'),
  )
})

test('a draft is nobody’s to print', async () => {
  const { claimId } = await stage.claimOf(1, { state: 'draft' })
  for (const { actor } of [stage.student, stage.admin]) {
    await expect(getApplicationForm(actor, { claimId })).rejects.toEqual(refused('claim_not_found'))
  }
})
