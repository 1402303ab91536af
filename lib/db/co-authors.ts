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
  const platforms = identities.map(({ platform }) => platform)
  const ids = identities.map(({ platformUserId }) => platformUserId)
  // Two ways, each by an index of its own: one OR over both would read everybody's.
  const rows = await tx.$queryRaw<{ id: string }[]>`
    with own as (select * from unnest(${platforms}::text[], ${ids}::text[]) as a(platform, user_id)),
    written as (
      select c.id, c.ordered_at from own
       cross join lateral (select c.id, c.ordered_at from contribution c
                            where c.platform = own.platform and c.author_platform_user_id = own.user_id
                              and exists (select from contribution_co_author w where w.contribution_id = c.id)
                            order by c.ordered_at desc, c.id desc limit ${limit}) c
      union
      select c.id, c.ordered_at from own
        join contribution_co_author w on w.platform = own.platform and w.platform_user_id = own.user_id
        join contribution c on c.id = w.contribution_id)
    select id::text as id from written order by ordered_at desc, written.id desc limit ${limit}`
  return rows.map(({ id }) => id)
}
