import { recordAuditEvent } from '@/lib/db/audit-events'
import { listAgreements, saveAgreement, tellCoAuthors } from '@/lib/db/contribution-shares'
import { findJointWorks, type JointWork } from '@/lib/db/joint-works'
import { lockKey, type Tx, withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { type Agreement, nextAgreement, type ShareStep } from '@/lib/domain/contribution-shares'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { contributionReference } from '@/lib/domain/platform'
import { getOwnJoint, type OwnJoint } from './own-joint'

type Step = ShareStep extends infer Kind ? (Kind extends { by: readonly string[] } ? Omit<Kind, 'by'> : never) : never

/**
 * Proposes, confirms or refuses the parts of a joint contribution. Of two who act at once the second is told that it moved.
 * The others who have a part are told, at whatever university they are; nobody learns more of them than their login.
 * @throws AppError not_found `contribution_not_found`; conflict with a code of {@link SHARE_REFUSALS}
 */
export async function takeShareStep(
  actor: MemberActor,
  input: { contributionId: string; step: Step },
  { now }: { now: Date },
): Promise<Agreement> {
  const { universityId, personId } = actor
  assertCan(actor, 'contribution.share', { universityId, ownerPersonId: personId })
  const { contributionId, step } = input
  return withScope(actor, async (tx) => {
    const joint = await getOwnJoint(tx, personId, contributionId)
    // Of a work that has several copies one decides, and two steps at once are never taken on two of them.
    await lockKey(tx, `shares:${joint.stored.fact.workId}`)
    const work = await getDecidingWork(tx, joint)
    const before = (await listAgreements(tx, [contributionId])).get(contributionId) ?? null
    const next = nextAgreement(before, { ...step, by: joint.by }, { ...joint, now })
    if (!next.ok) throw new AppError('conflict', next.code, next.least === undefined ? {} : { least: next.least })
    const { agreement } = next
    if (agreement.state === 'locked' && (work.wholeByOther || work.wholeBySelf)) {
      throw new AppError('conflict', 'shares_claimed_whole')
    }
    await saveAgreement(tx, { contributionId, agreement, by: joint.by[0] ?? '', now })
    const { state, version } = agreement
    await recordAuditEvent(tx, {
      actor,
      action: `shares.${EVENT_OF[step.kind]}`,
      subject: { kind: 'contribution', id: contributionId },
      data: { contributionId, version, state },
      occurredAt: now,
    })
    const code = state === 'locked' ? 'shares_locked' : step.kind === 'refuse' ? 'shares_refused' : 'shares_proposed'
    // A yes that is not the last one leaves nothing to do for anybody else.
    if (step.kind !== 'confirm' || state === 'locked') {
      await tellCoAuthors(tx, { contributionId, code, data: wordsOf(joint), now })
    }
    return agreement
  })
}

/** @throws AppError conflict `shares_changed` where another copy of the work decides by now */
async function getDecidingWork(tx: Tx, { stored: { fact } }: OwnJoint): Promise<JointWork> {
  const work = (await findJointWorks(tx, [fact.workId])).get(fact.workId)
  if (work?.contributionId !== fact.id) throw new AppError('conflict', 'shares_changed')
  return work
}

const EVENT_OF = { propose: 'proposed', confirm: 'confirmed', refuse: 'refused' } as const

function wordsOf({ stored: { fact }, participants, by }: OwnJoint) {
  return {
    contributionId: fact.id,
    reference: contributionReference({ ...fact, repository: fact.repository.fullName }),
    login: participants.find(({ platformUserId }) => platformUserId === by[0])?.login ?? '',
  }
}
