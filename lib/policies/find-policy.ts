import { findPolicyInForce } from '@/lib/db/policy-versions'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { toPolicyView } from './to-view'
import type { PolicyView } from './view'

/** The rules that new claims are judged by; null before the university has published any. */
export async function findPolicy(actor: MemberActor): Promise<PolicyView | null> {
  assertCan(actor, 'policy.view', { universityId: actor.universityId })
  return withScope(actor, async (tx) => {
    const record = await findPolicyInForce(tx)
    return record && toPolicyView(record)
  })
}
