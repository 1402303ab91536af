import type { CoAuthor, ContributionFact } from '@/lib/domain/contribution'
import { firstLineOf } from '@/lib/domain/evidence'
import type { CommitRead } from '@/lib/platforms/named-port'
import { isPlatformError, PlatformError } from '@/lib/platforms/platform-error'
import type { CollectedEvidence, Credential, PlatformPort } from '@/lib/platforms/port'
import { seenOfCommit, seenOfRelease, seenOfReview } from '@/lib/platforms/seen-of-named'

type Place = { owner: string; name: string; credential: Credential }

/** Everything that evidence of what a person added is made of, read anew. What is gone by now is `not_found`. */
export async function collectNamed(
  port: PlatformPort,
  fact: ContributionFact,
  place: Place,
): Promise<CollectedEvidence> {
  switch (fact.kind) {
    case 'commit':
      return collectCommit(port, fact, place)
    case 'review':
      return collectReview(port, fact, place)
    case 'model':
    case 'dataset':
      return collectRelease(port, place)
    case 'pull_request':
      return port.collectEvidence({ ...place, number: fact.number })
  }
}

const NOTHING_MORE = { files: [], filesTruncated: false, commits: [], commitsTruncated: false, reviews: [] } as const

async function collectCommit(port: PlatformPort, fact: ContributionFact, place: Place): Promise<CollectedEvidence> {
  const commit = await readCommit(port, fact, place)
  const { seen, landing } = seenOfCommit(port.platform, commit)
  const coAuthors = fact.coAuthors.filter(({ platformUserId }) => isNamed(commit, platformUserId))
  return {
    ...NOTHING_MORE,
    pullRequest: seen,
    files: commit.files,
    filesTruncated: commit.filesTruncated,
    commits: [
      {
        sha: commit.sha,
        authorLogin: commit.author.login,
        authorPlatformUserId: commit.author.platformUserId,
        messageFirstLine: firstLineOf(commit.message),
        coAuthors: [...commit.coAuthors],
        committedAt: commit.committedAt.toISOString(),
      },
    ],
    coAuthors,
    landing,
  }
}

function isNamed({ coAuthors }: CommitRead, id: string): boolean {
  return coAuthors.some(({ platformUserId }) => platformUserId === id)
}

/** One that left the branch that it stood on is as good as gone. */
async function readCommit(
  port: PlatformPort,
  fact: ContributionFact,
  place: Place,
): Promise<CommitRead & { branch: string }> {
  const sha = fact.landing.commitSha ?? fact.ref
  const read = await port.readCommit({ ...place, sha, branches: [fact.baseBranch] })
  const commit = read.offered ? read.found : null
  if (commit === null || commit.branch === null) throw gone(port, 'commit')
  return { ...commit, branch: commit.branch }
}

/** All that the person said of the pull request; the files are somebody else's work. */
async function collectReview(port: PlatformPort, fact: ContributionFact, place: Place): Promise<CollectedEvidence> {
  const { pullRequest, reviews } = await port.collectEvidence({ ...place, number: fact.number })
  const own = reviews.filter(({ platformUserId }) => platformUserId === fact.ref)
  const [first] = own
  if (!first) throw gone(port, 'review')
  const { seen } = seenOfReview({ ...first, url: fact.url, authorType: fact.authorType, pullRequest }, fact.landing)
  return { ...NOTHING_MORE, pullRequest: seen, reviews: own, reviewed: pullRequest }
}

async function collectRelease(port: PlatformPort, place: Place): Promise<CollectedEvidence> {
  const read = await port.readRelease(place)
  const release = read.offered ? read.found : null
  if (release === null || release.owner === null) throw gone(port, 'release')
  const { seen, landing } = seenOfRelease(port.platform, { ...release, owner: release.owner })
  return { ...NOTHING_MORE, pullRequest: seen, landing }
}

type Collected = { fact: ContributionFact; collected: CollectedEvidence }

/**
 * The co-authors that are known of a pull request, as far as it proves them now: by the commit that landed it, or by
 * commits of its own.
 */
export async function findProvedCoAuthors(
  port: PlatformPort,
  { fact, collected }: Collected,
  place: Place,
): Promise<CoAuthor[]> {
  const landed = await readLandedCoAuthors(port, fact, place)
  const written = collected.commits.flatMap((commit) => [
    commit.authorPlatformUserId,
    ...commit.coAuthors.map(({ platformUserId }) => platformUserId),
  ])
  const proved = new Set([...landed.map(({ platformUserId }) => platformUserId), ...written])
  return fact.coAuthors.filter(({ platformUserId }) => proved.has(platformUserId))
}

/** The commit may be gone by now (a branch that was written anew): then it proves nobody, and the author's evidence stands. */
async function readLandedCoAuthors(
  port: PlatformPort,
  fact: ContributionFact,
  place: Place,
): Promise<CommitRead['coAuthors']> {
  if (fact.landing.commitSha === null) return []
  try {
    return (await readCommit(port, fact, place)).coAuthors
  } catch (error) {
    if (isPlatformError(error, 'not_found')) return []
    throw error
  }
}

function gone(port: PlatformPort, note: string): PlatformError {
  return new PlatformError({ platform: port.platform, kind: 'not_found', note })
}
