import type { Platform } from '@/lib/domain/platform'
import type { Tx } from './scope'

/** Who landed what and when, by numbers. */
export type IndexedPullRequest = {
  repositoryId: string
  number: number
  platform: Platform
  authorPlatformUserId: string
  /** Null where the platform's list does not tell when. */
  landedAt: Date | null
}

/** Puts a page into the index, in one statement; what is there and the same is left alone. */
export async function saveIndexed(tx: Tx, rows: readonly IndexedPullRequest[]): Promise<void> {
  if (rows.length === 0) return
  await tx.$executeRaw`
    insert into indexed_pull_request (repository_id, number, platform, author_platform_user_id, landed_at)
    select * from unnest(
      ${rows.map((row) => row.repositoryId)}::uuid[], ${rows.map((row) => row.number)}::int[],
      ${rows.map((row) => row.platform)}::text[], ${rows.map((row) => row.authorPlatformUserId)}::text[],
      ${rows.map((row) => row.landedAt?.toISOString() ?? null)}::timestamptz[])
    on conflict (repository_id, number) do update
      set author_platform_user_id = excluded.author_platform_user_id, landed_at = excluded.landed_at
      where (indexed_pull_request.author_platform_user_id, indexed_pull_request.landed_at)
            is distinct from (excluded.author_platform_user_id, excluded.landed_at)`
}

/** Which numbers of a repository are in the index. */
export async function listIndexedNumbers(
  tx: Tx,
  repositoryId: string,
  numbers: readonly number[],
): Promise<Set<number>> {
  const rows = await tx.indexedPullRequest.findMany({
    where: { repositoryId, number: { in: [...numbers] } },
    select: { number: true },
  })
  return new Set(rows.map(({ number }) => number))
}

/** Which of some identities somebody has linked. */
export async function listLinkedIdentities(
  tx: Tx,
  platform: Platform,
  platformUserIds: readonly string[],
): Promise<Set<string>> {
  if (platformUserIds.length === 0) return new Set()
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select linked_user_id as id from linked_identities(${platform}, ${[...new Set(platformUserIds)]}::text[])`
  return new Set(rows.map(({ id }) => id))
}

/** What the index knows of an identity that is no contribution yet, with its repository, in order. */
export async function listUnmatched(
  tx: Tx,
  of: { platform: Platform; platformUserId: string; limit: number },
): Promise<Unmatched[]> {
  const rows = await tx.$queryRaw<{ repositoryId: string; number: number; landedAt: Date | null }[]>`
    select i.repository_id::text as "repositoryId", i.number, i.landed_at as "landedAt"
      from indexed_pull_request i
     where i.platform = ${of.platform} and i.author_platform_user_id = ${of.platformUserId}
       and not exists (select 1 from contribution c
                        where c.repository_id = i.repository_id and c.kind = 'pull_request' and c.number = i.number)
     order by i.repository_id, i.number limit ${of.limit}`
  const ids = [...new Set(rows.map(({ repositoryId }) => repositoryId))]
  const repositories = await tx.repository.findMany({ where: { id: { in: ids } } })
  const byId = new Map(repositories.map((repository) => [repository.id, repository]))
  return rows.flatMap(({ repositoryId, ...row }) => {
    const repository = byId.get(repositoryId)
    return repository ? [{ ...row, repository }] : []
  })
}

export type StoredRepository = Awaited<ReturnType<Tx['repository']['findMany']>>[number]
export type Unmatched = { number: number; landedAt: Date | null; repository: StoredRepository }

/** A contribution of which something is still to be asked, with its repository. */
export type Incomplete = Awaited<ReturnType<typeof listIncomplete>>[number]

/**
 * Contributions of which the platform did not tell everything yet: found in the index alone, or merged since then with a
 * commit or a merger that it hid. Newest first.
 * @param of `mergedSince` null: whenever it was merged
 */
export async function listIncomplete(
  tx: Tx,
  of: {
    platform: Platform
    mergedSince: Date | null
    repositoryId?: string
    numbers?: readonly number[]
    limit: number
  },
) {
  return tx.contribution.findMany({
    where: {
      platform: of.platform,
      state: 'merged',
      OR: [
        { baseBranch: '' },
        { mergedAt: null },
        {
          ...(of.mergedSince === null ? {} : { mergedAt: { gte: of.mergedSince } }),
          OR: [{ mergeCommitSha: null }, { mergedByLogin: null }],
        },
      ],
      ...(of.repositoryId === undefined ? {} : { repositoryId: of.repositoryId }),
      ...(of.numbers === undefined ? {} : { number: { in: [...of.numbers] } }),
    },
    orderBy: [{ mergedAt: 'desc' }, { id: 'asc' }],
    take: of.limit,
    include: { repository: true },
  })
}

/** Names (`owner/name`, lower case) of repositories in which something of an identity is still to be asked. */
export async function listIncompleteRepositories(
  tx: Tx,
  of: { platform: Platform; platformUserId: string; mergedSince: Date },
): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select distinct r.full_name_key as name
      from contribution c join repository r on r.id = c.repository_id
     where c.platform = ${of.platform} and c.author_platform_user_id = ${of.platformUserId} and c.state = 'merged'
       and (c.base_branch = '' or c.merged_at is null or c.merged_at >= ${of.mergedSince}::timestamptz
                                  and (c.merge_commit_sha is null or c.merged_by_login is null))`
  return new Set(rows.map(({ name }) => name))
}
