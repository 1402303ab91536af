import {
  AUTHOR_ASSOCIATIONS,
  AUTHOR_TYPES,
  CONTRIBUTION_KINDS,
  CONTRIBUTION_STATES,
  type ContributionFact,
  LANDING_STATES,
  landingProofSchema,
  type RepositoryFact,
} from '@/lib/domain/contribution'
import type { ContributionAddress } from '@/lib/domain/contribution-address'
import { AppError } from '@/lib/domain/errors'
import { LANDING_RULE_NAMES } from '@/lib/domain/landing-rule'
import { isPlatform, type Platform, type PlatformUser } from '@/lib/domain/platform'
import type { TermSpan } from '@/lib/domain/term'
import { Prisma } from './generated/client'
import { oneOf } from './one-of'
import type { Tx } from './scope'

const withRepository = {
  repository: true,
  coAuthors: { orderBy: { platformUserId: 'asc' } },
} satisfies Prisma.ContributionInclude
type ContributionRow = Prisma.ContributionGetPayload<{ include: typeof withRepository }>

/** A stored contribution: the fact, its row's own id of the repository, and how fresh it is. */
export type StoredContribution = {
  fact: ContributionFact & { workId: string }
  repositoryUrl: string
  orderedAt: Date
  refreshedAt: Date
}

/** Where a page of contributions ended; newest first. */
export type ContributionPosition = { orderedAt: Date; id: string }

export type PlatformIdentity = { platform: Platform; platformUserId: string }

type ListInput = {
  /** Whose contributions: proved identities, by numeric id. */
  identities: readonly PlatformIdentity[]
  after: ContributionPosition | null
  limit: number
  /** Only what landed (or, not landed, was last touched) within. */
  span?: TermSpan | null
}

/**
 * A page of what these identities contributed, alone or with others, newest first. Two index ranges an identity, then the
 * rows by id: as many queries, whatever the number of identities.
 */
export async function listContributionFacts(tx: Tx, input: ListInput): Promise<StoredContribution[]> {
  if (input.identities.length === 0) return []
  const platforms = input.identities.map(({ platform }) => platform)
  const userIds = input.identities.map(({ platformUserId }) => platformUserId)
  const { after, span } = input
  const within = Prisma.sql`
    ${after ? Prisma.sql`and (ordered_at, id) < (${after.orderedAt}::timestamptz, ${after.id}::uuid)` : Prisma.empty}
    ${span ? Prisma.sql`and ordered_at >= ${span.startsAt}::timestamptz and ordered_at < ${span.endsAt}::timestamptz` : Prisma.empty}`
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct c.id::text as id, c.ordered_at
      from unnest(${platforms}::text[], ${userIds}::text[]) as a(platform, user_id)
     cross join lateral (
       (select id, ordered_at from contribution
         where platform = a.platform and author_platform_user_id = a.user_id ${within}
         order by ordered_at desc, id desc
         limit ${input.limit})
       union
       select id, ordered_at from contribution_co_author w join contribution on id = w.contribution_id
        where w.platform = a.platform and w.platform_user_id = a.user_id ${within}
     ) c
     order by c.ordered_at desc, id desc
     limit ${input.limit}`
  return findContributionFacts(
    tx,
    rows.map(({ id }) => id),
  )
}

/** Contributions by id, in the order asked for; ids that are not there are left out. */
export async function findContributionFacts(tx: Tx, ids: readonly string[]): Promise<StoredContribution[]> {
  if (ids.length === 0) return []
  const rows = await tx.contribution.findMany({ where: { id: { in: [...ids] } }, include: withRepository })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row ? [toStoredContribution(row)] : []
  })
}

/**
 * What is stored of that name and number or sha, by today's or a former name of its repository; null when nothing is. A
 * review is stored as all that one person said of a pull request: whose a single one is, only the platform tells.
 * @throws AppError invalid `address_ambiguous_commit`: several stored commits begin with a short sha
 */
export async function findContributionByAddress(
  tx: Tx,
  address: ContributionAddress,
): Promise<StoredContribution | null> {
  if (address.kind === 'review') return null
  const repositoryIds = await findRepositoryIds(tx, address)
  if (repositoryIds.length === 0) return null
  if (address.kind === 'commit') return findCommit(tx, repositoryIds, address.sha)
  const which = address.kind === 'pull_request' ? { number: address.number } : {}
  const row = await tx.contribution.findFirst({
    where: { repositoryId: { in: repositoryIds }, kind: address.kind, ...which },
    include: withRepository,
  })
  return row ? toStoredContribution(row) : null
}

/** By the whole sha or how it begins: a range of the unique index (repository, kind, number, ref), which no pattern would be. */
async function findCommit(tx: Tx, repositoryIds: readonly string[], sha: string): Promise<StoredContribution | null> {
  const rows = await tx.contribution.findMany({
    where: { repositoryId: { in: [...repositoryIds] }, kind: 'commit', number: 0, ref: beginningWith(sha) },
    include: withRepository,
    take: 2,
  })
  return onlyOne(
    rows,
    rows.map(({ ref }) => ref),
  )
}

/** A sha is of the digits 0 to f: all that begin so stand before what comes after f. */
function beginningWith(sha: string): { gte: string; lt: string } {
  return { gte: sha, lt: `${sha}g` }
}

function onlyOne(rows: readonly ContributionRow[], shas: readonly (string | null)[]): StoredContribution | null {
  if (new Set(shas).size > 1) throw new AppError('invalid', 'address_ambiguous_commit')
  const [row] = rows
  return row ? toStoredContribution(row) : null
}

/** A repository as it is stored, by today's or a former name; null when it was never seen. */
export async function findRepositoryByName(
  tx: Tx,
  named: { platform: Platform; owner: string; name: string },
): Promise<RepositoryFact | null> {
  const [id] = await findRepositoryIds(tx, named)
  const row = id === undefined ? null : await tx.repository.findUnique({ where: { id } })
  return row ? toRepositoryFact(row) : null
}

/** Today's bearer of the name first, then who bore it before. */
async function findRepositoryIds(
  tx: Tx,
  named: { platform: Platform; owner: string; name: string },
): Promise<string[]> {
  const fullNameKey = `${named.owner}/${named.name}`.toLowerCase()
  const [current, former] = await Promise.all([
    tx.repository.findMany({ where: { platform: named.platform, fullNameKey }, select: { id: true } }),
    tx.repositoryName.findMany({
      where: { platform: named.platform, fullNameKey },
      orderBy: { seenAt: 'desc' },
      select: { repositoryId: true },
    }),
  ])
  return [...new Set([...current.map(({ id }) => id), ...former.map(({ repositoryId }) => repositoryId)])]
}

/** Fills in what a platform's list leaves out (Gitee), once the pull request itself was read. Figures that are there stay. */
export async function fillMissingSize(
  tx: Tx,
  contributionId: string,
  size: { additions: number; deletions: number; changedFiles: number },
): Promise<void> {
  await tx.contribution.updateMany({
    where: { id: contributionId, OR: [{ additions: null }, { deletions: null }] },
    data: size,
  })
}

function toStoredContribution(row: ContributionRow): StoredContribution {
  if (!isPlatform(row.platform)) throw new Error(`contribution ${row.id}: unknown platform`)
  return {
    fact: {
      id: row.id,
      platform: row.platform,
      repository: toRepositoryFact(row.repository),
      kind: oneOf(CONTRIBUTION_KINDS, row.kind),
      number: row.number,
      ref: row.ref,
      title: row.title,
      url: row.url,
      authorPlatformUserId: row.authorPlatformUserId,
      authorLogin: row.authorLogin,
      authorType: oneOf(AUTHOR_TYPES, row.authorType),
      authorAssociation: row.authorAssociation === null ? null : oneOf(AUTHOR_ASSOCIATIONS, row.authorAssociation),
      coAuthors: row.coAuthors.map(({ platformUserId, login }) => ({ platformUserId, login })),
      state: oneOf(CONTRIBUTION_STATES, row.state),
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      closedAt: row.closedAt,
      mergedAt: row.mergedAt,
      baseBranch: row.baseBranch,
      labels: row.labels,
      additions: row.additions,
      deletions: row.deletions,
      changedFiles: row.changedFiles,
      mergedBy: toUser(row.mergedByUserId, row.mergedByLogin),
      lastClosedBy: toUser(row.lastClosedByUserId, row.lastClosedByLogin),
      closerCommitSha: row.closerCommitSha,
      mergeCommitSha: row.mergeCommitSha,
      landing: {
        state: oneOf(LANDING_STATES, row.landingState),
        landedAt: row.landedAt,
        rule: row.landingRule === null ? null : oneOf(LANDING_RULE_NAMES, row.landingRule),
        commitSha: row.landedCommitSha,
        proof: landingProofSchema.catch([]).parse(row.landingProof ?? []),
      },
      reverts: row.reverts,
      workId: row.workId,
    },
    repositoryUrl: row.repository.url,
    orderedAt: row.orderedAt,
    refreshedAt: row.refreshedAt,
  }
}

function toRepositoryFact(row: ContributionRow['repository']): RepositoryFact {
  return {
    id: row.id,
    platformRepositoryId: row.platformRepositoryId,
    fullName: `${row.owner}/${row.name}`,
    defaultBranch: row.defaultBranch ?? '',
    ownerPlatformUserId: row.ownerPlatformUserId,
    fork: row.isFork,
    archived: row.isArchived,
    stars: row.stars,
    license: row.license,
  }
}

function toUser(platformUserId: string | null, login: string | null): PlatformUser | null {
  return login === null ? null : { platformUserId, login }
}
