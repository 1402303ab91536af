import type { CoAuthor } from '@/lib/domain/contribution'
import type { Platform } from '@/lib/domain/platform'
import type { PlatformIdentity } from './contribution-facts'
import type { Tx } from './scope'

type Of = { contributionId: string; platform: Platform }

/** Keeps whom the landed commit proves to have written a contribution as well; who is known already stays, by today's login. */
export async function saveCoAuthors(
  tx: Tx,
  { contributionId, platform }: Of,
  { coAuthors, now }: { coAuthors: readonly CoAuthor[]; now: Date },
): Promise<void> {
  if (coAuthors.length === 0) return
  const sorted = coAuthors.toSorted((a, b) => (a.platformUserId < b.platformUserId ? -1 : 1))
  await tx.$executeRaw`
    insert into contribution_co_author (contribution_id, platform, platform_user_id, login, seen_at)
    select ${contributionId}::uuid, ${platform}, w.id, w.login, ${now}::timestamptz
      from unnest(${sorted.map(({ platformUserId }) => platformUserId)}::text[],
                  ${sorted.map(({ login }) => login)}::text[]) as w(id, login)
    on conflict (contribution_id, platform_user_id) do update set login = excluded.login, seen_at = excluded.seen_at`
}

/** What these identities wrote together with others, newest first: of their own, and what names them. */
export async function listJointContributionIds(
  tx: Tx,
  identities: readonly PlatformIdentity[],
  limit: number,
): Promise<string[]> {
  if (identities.length === 0) return []
  const rows = await tx.contribution.findMany({
    where: {
      coAuthors: { some: {} },
      OR: identities.flatMap(({ platform, platformUserId }) => [
        { platform, authorPlatformUserId: platformUserId },
        { platform, coAuthors: { some: { platformUserId } } },
      ]),
    },
    orderBy: [{ orderedAt: 'desc' }, { id: 'desc' }],
    take: limit,
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}
