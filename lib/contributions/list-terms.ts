import { withScope } from '@/lib/db/scope'
import { listAllTerms } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { toTermView } from './to-view'
import type { TermView } from './view'

/** The terms of the actor's university, newest first: what contributions and claims are looked at by. */
export async function listTerms(actor: MemberActor): Promise<TermView[]> {
  assertCan(actor, 'contribution.list', { universityId: actor.universityId, ownerPersonId: actor.personId })
  const terms = await withScope(actor, (tx) => listAllTerms(tx, actor.universityId))
  return terms.map(toTermView)
}
