import { findLinkedAccount } from '@/lib/db/linked-accounts'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { discardSealedToken } from './discard-token'
import { endAccount } from './end-account'

/**
 * Takes an account out of use. It stays the person's, with all that was read; claims that were submitted go on, new ones
 * with its contributions are refused until it is linked again.
 * @throws AppError not_found `account_not_found`, also for somebody else's; conflict `account_unlinked`
 */
export async function unlinkAccount(
  actor: MemberActor,
  input: { accountId: string },
  deps: { now: Date } = { now: new Date() },
): Promise<void> {
  assertCan(actor, 'account.unlink', { ownerPersonId: actor.personId })
  const { personId, universityId } = actor
  const ended = await withScope({ personId, universityId }, async (tx) => {
    const account = await findLinkedAccount(tx, input.accountId)
    if (account?.personId !== personId) throw new AppError('not_found', 'account_not_found')
    const result = await endAccount(tx, actor, { account, now: deps.now })
    if (result === null) throw new AppError('conflict', 'account_unlinked')
    return result
  })
  for (const { platform, sealed, context } of ended.tokens) await discardSealedToken(platform, sealed, context)
}
