import { listConsents } from '@/lib/db/consents'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import type { ConsentView } from './view'

/** What the actor agreed to about linking, and took back; newest first. */
export async function listLinkingConsents(actor: MemberActor): Promise<ConsentView[]> {
  assertCan(actor, 'self.view')
  const { personId } = actor
  const rows = await withScope({ personId }, (tx) => listConsents(tx, personId))
  return rows
    .filter(({ kind }) => kind === 'linking')
    .map(({ version, grantedAt, withdrawnAt }) => ({ version, grantedAt, withdrawnAt }))
}
