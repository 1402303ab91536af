import type { CatalogStatus, CatalogTier } from '@/lib/domain/catalog'
import type { LandingState } from '@/lib/domain/contribution'
import type { Platform } from '@/lib/domain/platform'
import type { TestAccount } from './member'
import { daysAgo, nextNumber, type TestWorld } from './world'

export type TestRepository = { repositoryId: string; platform: Platform; owner: string; name: string }

type RepositoryOptions = {
  platform?: Platform
  owner?: string
  name?: string
  ownerPlatformUserId?: string
  /** The shared catalog's word; null leaves the repository out of it. Left out: included. */
  catalog?: CatalogStatus | null
  tier?: CatalogTier
  isFork?: boolean
}

/** A repository that was seen on its platform, by default one that the shared catalog includes. */
export async function makeRepository({ db }: TestWorld, options: RepositoryOptions = {}): Promise<TestRepository> {
  const serial = nextNumber()
  const platform = options.platform ?? 'github'
  const owner = options.owner ?? `lab-${serial}`
  const name = options.name ?? `model-${serial}`
  const platformRepositoryId = String(50_000_000 + serial)
  const fullNameKey = `${owner}/${name}`.toLowerCase()
  const repository = await db.repository.create({
    data: {
      platform,
      platformRepositoryId,
      ownerPlatformUserId: options.ownerPlatformUserId ?? String(60_000_000 + serial),
      owner,
      name,
      fullNameKey,
      url: `https://${platform}.example/${owner}/${name}`,
      defaultBranch: 'main',
      isFork: options.isFork ?? false,
      stars: 1200,
      license: 'Apache-2.0',
      language: 'Python',
      topics: ['llm'],
      refreshedAt: daysAgo(1),
      names: { create: { platform, fullNameKey, seenAt: daysAgo(1) } },
    },
  })
  const status = options.catalog === undefined ? 'included' : options.catalog
  if (status !== null) {
    await db.catalogEntry.create({
      data: {
        platform,
        owner,
        name,
        ownerKey: owner.toLowerCase(),
        nameKey: name.toLowerCase(),
        platformId: platformRepositoryId,
        status,
        kind: 'framework',
        tier: options.tier ?? 'standard',
        landing: [{ rule: 'merged' }],
        acceptedBranches: [],
      },
    })
  }
  return { repositoryId: repository.id, platform, owner, name }
}

export type TestContribution = { contributionId: string; workId: string; number: number; url: string }

type ContributionOptions = {
  repository: TestRepository
  /** Null: the platform shows a deleted author. */
  author: TestAccount | null
  number?: number
  title?: string
  landing?: LandingState
  landedAt?: Date
  baseBranch?: string
  additions?: number | null
  deletions?: number | null
  /** Who merged it; left out: somebody else. */
  mergedBy?: TestAccount
  /** A copy of this work. */
  workId?: string
}

/** A stored pull request, by default one of 120 changed lines that landed on the default branch ten days ago. */
export async function makeContribution({ db }: TestWorld, options: ContributionOptions): Promise<TestContribution> {
  const { repository, author } = options
  const number = options.number ?? 1000 + nextNumber()
  const landing = options.landing ?? 'landed'
  const landedAt = options.landedAt ?? daysAgo(10)
  const landed = landing !== 'not_landed'
  const workId = options.workId ?? (await db.work.create({ data: {} })).id
  const sha = number.toString(16).padStart(40, '0')
  const url = `https://${repository.platform}.example/${repository.owner}/${repository.name}/pull/${number}`
  const contribution = await db.contribution.create({
    data: {
      platform: repository.platform,
      repositoryId: repository.repositoryId,
      kind: 'pull_request',
      number,
      workId,
      title: options.title ?? `Make the tokenizer ${number} times faster`,
      url,
      authorPlatformUserId: author?.platformUserId ?? null,
      authorLogin: author?.login ?? null,
      authorType: author ? 'user' : 'ghost',
      authorAssociation: 'contributor',
      state: landed ? 'merged' : 'open',
      createdAt: new Date(landedAt.getTime() - 3 * 86_400_000),
      updatedAt: landedAt,
      closedAt: landed ? landedAt : null,
      mergedAt: landed ? landedAt : null,
      baseBranch: options.baseBranch ?? 'main',
      labels: [],
      additions: options.additions === undefined ? 100 : options.additions,
      deletions: options.deletions === undefined ? 20 : options.deletions,
      changedFiles: options.additions === null ? null : 4,
      mergedByUserId: landed ? (options.mergedBy?.platformUserId ?? '42') : null,
      mergedByLogin: landed ? (options.mergedBy?.login ?? 'maintainer') : null,
      lastClosedByUserId: landed ? '42' : null,
      lastClosedByLogin: landed ? 'maintainer' : null,
      reverts: [],
      mergeCommitSha: landed ? sha : null,
      landingState: landing,
      landingRule: landed ? 'merged' : null,
      landedAt: landed ? landedAt : null,
      landedCommitSha: landed ? sha : null,
      landingProof: landed ? [{ fact: 'merged_at', value: landedAt.toISOString() }] : [],
      orderedAt: landedAt,
      firstSeenAt: landedAt,
      refreshedAt: daysAgo(1),
    },
  })
  return { contributionId: contribution.id, workId, number, url }
}
