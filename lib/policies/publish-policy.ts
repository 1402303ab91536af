import { recordAuditEvent } from '@/lib/db/audit-events'
import { findPolicyVersion, publishPolicyDraft } from '@/lib/db/policy-versions'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import type { PublishPolicyInput } from './schema'

/**
 * Makes a draft the rules in force. From then on it never changes; claims already submitted keep the version they have.
 * @throws AppError not_found `policy_not_found`, conflict `policy_changed` when the draft is not the one that was read
 */
export async function publishPolicy(
  actor: MemberActor,
  { policyVersionId, documentSha256 }: PublishPolicyInput,
  { now }: { now: Date },
): Promise<void> {
  assertCan(actor, 'policy.publish', { universityId: actor.universityId })
  await withScope(actor, async (tx) => {
    const draft = await findPolicyVersion(tx, policyVersionId)
    if (draft === null) throw new AppError('not_found', 'policy_not_found')
    const published = await publishPolicyDraft(tx, { id: policyVersionId, expectedSha256: documentSha256, now })
    if (!published) throw new AppError('conflict', 'policy_changed')
    await recordAuditEvent(tx, {
      actor,
      action: 'policy.published',
      subject: { kind: 'policy_version', id: policyVersionId },
      data: { policyVersionId, version: draft.version, documentSha256 },
      occurredAt: now,
    })
  })
}
