import { z } from 'zod'
import { PLATFORMS, type Platform } from '@/lib/domain/platform'
import type { LinkIdentity } from './link-attempts'
import type { Tx } from './scope'

type Link = { personId: string; platform: Platform; identity: LinkIdentity; now: Date }

/** The person's own row of a platform identity, linked or not; null where there is none, or it is another's. */
export async function findOwnIdentity(
  tx: Tx,
  key: { personId: string; platform: Platform; platformUserId: string },
): Promise<{ id: string; unlinkedAt: Date | null } | null> {
  return tx.linkedAccount.findFirst({ where: key, select: { id: true, unlinkedAt: true } })
}

/**
 * Adds an identity to a person. Fails with a unique violation when it is anybody's already, in use or not: an identity
 * belongs to one person of the deployment for good.
 */
export async function insertLinkedAccount(tx: Tx, link: Link & { id: string }): Promise<void> {
  const { id, personId, platform, identity, now } = link
  const { platformUserId, nodeId, login, avatarUrl } = identity
  await tx.linkedAccount.createMany({
    data: { id, personId, platform, platformUserId, nodeId, login, avatarUrl, linkedAt: now },
  })
}

/** Takes the person's earlier row into use again, under the names of today; what was read before stays. */
export async function relinkAccount(tx: Tx, accountId: string, link: Link): Promise<void> {
  const { nodeId, login, avatarUrl } = link.identity
  await tx.linkedAccount.updateMany({
    where: { id: accountId, personId: link.personId },
    data: { nodeId, login, avatarUrl, linkedAt: link.now, unlinkedAt: null },
  })
}

/** Takes an account out of use; false when it was not in use. The row stays. */
export async function unlinkLinkedAccount(
  tx: Tx,
  key: { accountId: string; personId: string; now: Date },
): Promise<boolean> {
  const { count } = await tx.linkedAccount.updateMany({
    where: { id: key.accountId, personId: key.personId, unlinkedAt: null },
    data: { unlinkedAt: key.now },
  })
  return count === 1
}

/** What hangs on an account: contributions that were found, and claims of the member that wait for a decision. */
export type AccountUse = { contributions: number; openClaims: number }

const use = z.object({
  platform: z.enum(PLATFORMS),
  platform_user_id: z.string(),
  contributions: z.number(),
  open_claims: z.number(),
})

/** By `platform:platformUserId`. The scope is the university's and the person's. */
export async function countAccountUse(
  tx: Tx,
  member: { personId: string; universityId: string; memberId: string },
): Promise<ReadonlyMap<string, AccountUse>> {
  const rows = await tx.$queryRaw<unknown[]>`
    select a.platform, a.platform_user_id,
      (select count(*)::int from contribution c
        where c.platform = a.platform and c.author_platform_user_id = a.platform_user_id) as contributions,
      (select count(distinct q.id)::int from claim q
         join claim_item i on i.university_id = q.university_id and i.claim_id = q.id
         join contribution c on c.id = i.contribution_id
        where q.university_id = ${member.universityId}::uuid and q.member_id = ${member.memberId}::uuid
          and q.state in ('submitted', 'in_review', 'changes_requested', 'endorsed')
          and c.platform = a.platform and c.author_platform_user_id = a.platform_user_id) as open_claims
      from linked_account a where a.person_id = ${member.personId}::uuid`
  return new Map(
    z
      .array(use)
      .parse(rows)
      .map((row) => [
        `${row.platform}:${row.platform_user_id}`,
        { contributions: row.contributions, openClaims: row.open_claims },
      ]),
  )
}
