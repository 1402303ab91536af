import { countAccountUse } from '@/lib/db/account-links'
import { listLinkedAccounts } from '@/lib/db/linked-accounts'
import { withScope } from '@/lib/db/scope'
import { findConnection } from '@/lib/db/university-connections'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { PLATFORMS, platformIdentityKey } from '@/lib/domain/platform'
import { CONNECTION_KIND_OF } from '@/lib/platforms/university-credential'
import type { AccountView, RefreshWay } from './view'

/** The actor's own identities, in use first, then those that were unlinked. Few: nobody has pages of accounts. */
export async function listAccounts(actor: MemberActor): Promise<AccountView[]> {
  assertCan(actor, 'account.list')
  const { personId, universityId } = actor
  return withScope({ personId, universityId }, async (tx) => {
    const accounts = await listLinkedAccounts(tx, personId)
    if (accounts.length === 0) return []
    const use = await countAccountUse(tx, actor)
    const ways = new Map<string, RefreshWay>()
    for (const platform of PLATFORMS) {
      const connection = await findConnection(tx, { universityId, kind: CONNECTION_KIND_OF[platform] })
      ways.set(platform, connection?.secretSealed ? 'university' : 'sign_in')
    }
    const views = accounts.map(({ id, platform, platformUserId, login, linkedAt, unlinkedAt }) => ({
      accountId: id,
      platform,
      platformUserId,
      login,
      linkedAt,
      unlinkedAt,
      refreshWay: ways.get(platform) ?? 'sign_in',
      ...(use.get(platformIdentityKey(platform, platformUserId)) ?? { contributions: 0, openClaims: 0 }),
    }))
    return [...views.filter((view) => view.unlinkedAt === null), ...views.filter((view) => view.unlinkedAt !== null)]
  })
}
