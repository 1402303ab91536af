import type { LandingResult } from '@/lib/domain/contribution'
import type { Platform } from '@/lib/domain/platform'
import { insertRows, refreshRows, toRow } from './contribution-batch'
import type { Prisma } from './generated/client'
import { landingColumns } from './landing-columns'
import type { Tx } from './scope'

/** What is stored of a contribution, as far as a sync compares and refreshes it. */
export type ContributionRow = Prisma.ContributionGetPayload<object>

/** All facts of a contribution, as a sync writes them. */
export type ContributionInput = Omit<
  Prisma.ContributionCreateManyInput,
  | 'id'
  | 'landingState'
  | 'landingRule'
  | 'landedAt'
  | 'landedCommitSha'
  | 'landingProof'
  | 'orderedAt'
  | 'firstSeenAt'
  | 'refreshedAt'
> & { updatedAt: Date; landing: LandingResult }

/** Stored contributions by repository and number. */
export async function listContributionsByNumber(
  tx: Tx,
  keys: readonly { repositoryId: string; number: number }[],
): Promise<ContributionRow[]> {
  if (keys.length === 0) return []
  const found = await tx.$queryRaw<{ id: string }[]>`
    select c.id::text as id
      from unnest(${keys.map((key) => key.repositoryId)}::uuid[], ${keys.map((key) => key.number)}::int[]) as k(repository_id, number)
     cross join lateral (select id from contribution
                          where repository_id = k.repository_id and kind = 'pull_request' and number = k.number offset 0) c`
  // Of new ones, as most are, there is nothing.
  if (found.length === 0) return []
  return tx.contribution.findMany({ where: { id: { in: [...new Set(found.map(({ id }) => id))] } } })
}

/** What makes a contribution one within its platform. */
export type ContributionKey = { repositoryId: string; kind: string; number: number; ref: string }

/** The stored contribution, with who wrote it as well; null where there is none. */
export async function findContributionRow(tx: Tx, key: ContributionKey) {
  return tx.contribution.findUnique({
    where: { repositoryId_kind_number_ref: key },
    include: { coAuthors: { select: { platformUserId: true, login: true } } },
  })
}

/** All contributions that are one work. */
export async function listCopiesOf(tx: Tx, workId: string): Promise<string[]> {
  const rows = await tx.contribution.findMany({ where: { workId }, orderBy: { id: 'asc' }, select: { id: true } })
  return rows.map(({ id }) => id)
}

/** Stored contributions by our ids, in order of id. */
export async function listContributionsById(tx: Tx, ids: readonly string[]): Promise<ContributionRow[]> {
  return tx.contribution.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } })
}

/** Adds contributions; those that are there already (another sync was quicker) are left. Returns how many are new. */
export async function insertContributions(tx: Tx, inputs: readonly ContributionInput[], now: Date): Promise<number> {
  return insertRows(
    tx,
    inputs.map((input) => toRow(input, now)),
    now,
  )
}

/** Takes over what the platform says now. What is older than the stored facts changes nothing. */
export async function refreshContributions(
  tx: Tx,
  refreshed: readonly { id: string; input: ContributionInput }[],
  now: Date,
): Promise<void> {
  await refreshRows(
    tx,
    refreshed.map(({ id, input }) => ({ id, ...toRow(input, now) })),
  )
}

/** Facts that were seen again, unchanged. */
export async function touchContributions(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length > 0) await tx.contribution.updateMany({ where: { id: { in: [...ids] } }, data: { refreshedAt: now } })
}

/** Writes what the landing rules make of a stored contribution now, where its facts did not change meanwhile. */
export async function saveLanding(tx: Tx, row: ContributionRow, landing: LandingResult): Promise<boolean> {
  const { count } = await tx.contribution.updateMany({
    where: { id: row.id, updatedAt: row.updatedAt },
    data: landingColumns(landing, row.updatedAt),
  })
  return count === 1
}

/** Changes that landed, taken back since or not, and say they revert one of the numbers, in the repositories beside them. */
export async function listLandedReverts(
  tx: Tx,
  keys: readonly { repositoryId: string; number: number }[],
): Promise<ContributionRow[]> {
  if (keys.length === 0) return []
  const found = await tx.$queryRaw<{ id: string }[]>`
    select c.id::text as id
      from (select repository_id, array_agg(number) as numbers
              from unnest(${keys.map((key) => key.repositoryId)}::uuid[], ${keys.map((key) => key.number)}::int[]) as k(repository_id, number)
             group by repository_id) k
     cross join lateral (select id from contribution
                          where repository_id = k.repository_id and reverts <> '{}' and reverts && k.numbers
                            and landing_state in ('landed', 'reverted') offset 0) c`
  if (found.length === 0) return []
  return tx.contribution.findMany({ where: { id: { in: found.map(({ id }) => id) } } })
}

/** Contributions of a repository that were taken back, or brought back, by one of these (`#12`, or a commit's sha). */
export async function listTouchedByReverts(
  tx: Tx,
  repositoryId: string,
  names: readonly string[],
): Promise<ContributionRow[]> {
  if (names.length === 0) return []
  const facts = names.flatMap((value) =>
    ['reverted_by', 'brought_back_by'].map((fact) => JSON.stringify([{ fact, value }])),
  )
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id::text from contribution
     where repository_id = ${repositoryId}::uuid and landing_state in ('landed', 'reverted')
       and landing_proof @> any (${facts}::jsonb[])`
  return tx.contribution.findMany({ where: { id: { in: rows.map(({ id }) => id) } }, orderBy: { id: 'asc' } })
}

/** Landed changes of a repository with exactly this title, landed before: what a revert without a number may mean. */
export async function listLandedByTitle(
  tx: Tx,
  input: { repositoryId: string; title: string; before: Date },
): Promise<ContributionRow[]> {
  return tx.contribution.findMany({
    where: {
      repositoryId: input.repositoryId,
      landingState: { in: ['landed', 'reverted'] },
      kind: { in: ['pull_request', 'commit'] },
      title: input.title,
      landedAt: { lt: input.before },
    },
    take: 2,
  })
}

/** What one identity landed in a repository, also what was taken back since; by today's name of the repository, lower case. */
export async function listLandedInRepository(
  tx: Tx,
  of: { platform: Platform; platformUserId: string; fullNameKey: string },
): Promise<ContributionRow[]> {
  return tx.contribution.findMany({
    where: {
      platform: of.platform,
      authorPlatformUserId: of.platformUserId,
      kind: 'pull_request',
      landingState: { in: ['landed', 'reverted'] },
      repository: { platform: of.platform, fullNameKey: of.fullNameKey },
    },
  })
}

/**
 * When the longest unchanged of an identity's merged contributions in a repository was changed whose merge commit or
 * merger was never found, among those merged since; null where nothing is missing.
 */
export async function findOldestIncomplete(
  tx: Tx,
  of: { platform: Platform; platformUserId: string; fullNameKey: string; mergedSince: Date },
): Promise<Date | null> {
  const found = await tx.contribution.findFirst({
    where: {
      platform: of.platform,
      authorPlatformUserId: of.platformUserId,
      kind: 'pull_request',
      state: 'merged',
      mergedAt: { gte: of.mergedSince },
      OR: [{ mergeCommitSha: null }, { mergedByLogin: null }],
      repository: { platform: of.platform, fullNameKey: of.fullNameKey },
    },
    orderBy: { updatedAt: 'asc' },
    select: { updatedAt: true },
  })
  return found?.updatedAt ?? null
}

/** Pull requests of one identity in order of id, with their repositories, for judging their landings anew. */
export async function listContributionsOfAuthor(
  tx: Tx,
  author: { platform: Platform; platformUserId: string },
  page: { afterId: string | null; limit: number },
): Promise<Prisma.ContributionGetPayload<{ include: { repository: true } }>[]> {
  return tx.contribution.findMany({
    where: {
      platform: author.platform,
      authorPlatformUserId: author.platformUserId,
      kind: 'pull_request',
      ...(page.afterId === null ? {} : { id: { gt: page.afterId } }),
    },
    orderBy: { id: 'asc' },
    take: page.limit,
    include: { repository: true },
  })
}
