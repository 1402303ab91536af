import { findPolicyVersion } from '@/lib/db/policy-versions'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan, can } from '@/lib/domain/permissions'
import { toPolicyView } from './to-view'
import type { PolicyView } from './view'

/**
 * One version of the rules. Drafts are shown to those who may see drafts; to others they are not there.
 * @throws AppError not_found `policy_not_found`
 */
export async function getPolicyVersion(actor: MemberActor, policyVersionId: string): Promise<PolicyView> {
  const university = { universityId: actor.universityId }
  assertCan(actor, 'policy.view', university)
  const record = await withScope(actor, (tx) => findPolicyVersion(tx, policyVersionId))
  const hidden = record?.status === 'draft' && !can(actor, 'policy.view_drafts', university).allowed
  if (record === null || hidden) throw new AppError('not_found', 'policy_not_found')
  return toPolicyView(record)
}
