import { recordAuditEvent } from '@/lib/db/audit-events'
import { listAgreements, saveAgreement, tellCoAuthors } from '@/lib/db/contribution-shares'
import { lockKey, withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { type Agreement, nextAgreement, type ShareStep } from '@/lib/domain/contribution-shares'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { contributionReference } from '@/lib/domain/platform'
import { getOwnJoint, type OwnJoint } from './own-joint'

type Step = ShareStep extends infer Kind ? (Kind extends { by: string } ? Omit<Kind, 'by'> : never) : never

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
    await lockKey(tx, `shares:${contributionId}`)
    const joint = await getOwnJoint(tx, personId, contributionId)
    const before = (await listAgreements(tx, [contributionId])).get(contributionId) ?? null
    const next = nextAgreement(before, { ...step, by: joint.by }, joint.participants)
    if (!next.ok) throw new AppError('conflict', next.code, next.least === undefined ? {} : { least: next.least })
    const { agreement } = next
    await saveAgreement(tx, { contributionId, agreement, by: joint.by, now })
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

const EVENT_OF = { propose: 'proposed', confirm: 'confirmed', refuse: 'refused' } as const

function wordsOf({ stored: { fact }, participants, by }: OwnJoint) {
  return {
    contributionId: fact.id,
    reference: contributionReference({ ...fact, repository: fact.repository.fullName }),
    login: participants.find(({ platformUserId }) => platformUserId === by)?.login ?? '',
  }
}
