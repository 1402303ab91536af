import { type ClaimState, LIVE_STATES } from '@/lib/domain/claim-states'
import { ENGINE_VERSION } from '@/lib/domain/credit-calculation'
import type { TestContribution } from './contribution'
import { makeEvidence } from './evidence'
import type { TestMember } from './member'
import type { TestUniversity } from './university'
import { daysAgo, type TestWorld } from './world'

export type TestClaim = { claimId: string; itemIds: readonly string[]; version: number }

type Options = {
  university: TestUniversity
  student: TestMember
  contributions: readonly TestContribution[]
  /** Left out: in_review, with evidence. */
  state?: ClaimState
  termId?: string
  departmentId?: string
  creditHundredths?: number
  warningCount?: number
  endorsedBy?: TestMember
  queuedAt?: Date
  /** Left out: taken once the claim is past submitted. */
  evidence?: boolean
}

/** A claim as it stands in a state, with its items, its reserved works and, from review on, its evidence. */
export async function makeClaim(world: TestWorld, options: Options): Promise<TestClaim> {
  const { db } = world
  const { university, student, contributions } = options
  const { universityId } = university
  const state = options.state ?? 'in_review'
  const submitted = state !== 'draft'
  const evidenced = options.evidence ?? (submitted && state !== 'submitted')
  const claim = await db.claim.create({
    data: {
      universityId,
      memberId: student.memberId,
      personId: student.personId,
      departmentId: submitted ? (options.departmentId ?? university.departmentId) : null,
      termId: options.termId ?? university.termId,
      policyVersionId: submitted ? university.policyVersionId : null,
      engineVersion: submitted ? ENGINE_VERSION : null,
      state,
      statement: '我修好了分词器里的一个错误。',
      evidenceState: evidenced ? 'complete' : submitted ? 'collecting' : 'none',
      itemCount: contributions.length,
      warningCount: options.warningCount ?? 0,
      creditHundredths: options.creditHundredths ?? (submitted ? 25 * contributions.length : null),
      queuedAt: options.queuedAt ?? daysAgo(2),
      submittedAt: submitted ? daysAgo(3) : null,
      endorsedByPersonId: options.endorsedBy?.personId ?? null,
    },
  })
  const itemIds: string[] = []
  for (const [index, { contributionId, workId }] of contributions.entries()) {
    const item = await db.claimItem.create({
      data: {
        universityId,
        claimId: claim.id,
        ordinal: index + 1,
        contributionId,
        workId,
        aiUse: 'none',
        ...(submitted ? { judgement: { eligible: true, tier: 'standard', reasons: [] } } : {}),
      },
    })
    itemIds.push(item.id)
    if (evidenced) await makeEvidence(world, { universityId, claimId: claim.id, contributionId })
  }
  if ((LIVE_STATES as readonly ClaimState[]).includes(state)) {
    await db.liveWork.createMany({
      data: contributions.map(({ workId }) => ({
        personId: student.personId,
        workId,
        universityId,
        claimId: claim.id,
      })),
    })
  }
  return { claimId: claim.id, itemIds, version: claim.version }
}
