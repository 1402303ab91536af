import { saveIndexed } from '@/lib/db/indexed-pull-requests'
import { lookForCopies } from '@/lib/db/look-for-copies'
import { saveRepositories } from '@/lib/db/repositories'
import type { Tx } from '@/lib/db/scope'
import { type LandingRules, MERGED } from '@/lib/domain/landing-rule'
import type { CompletedPullRequest, PullRequestSeen } from '@/lib/platforms/port'
import { writeFacts } from './apply-ingest'
import { judgeLanding } from './judge-landing'
import type { RulesByRepository } from './landing-rules'
import type { RepositorySession } from './repository-session'
import { enqueueCompletion } from './request-completion'
import { takeBackReverted } from './take-back'
import { toContributionInput } from './to-contribution'

/** What one page of a repository brings. */
export type RepositoryPage = {
  /** Everybody's. */
  items: readonly PullRequestSeen[]
  /** New or changed ones of those who linked. */
  write: readonly CompletedPullRequest[]
  /** Numbers of those of which the list does not tell everything. */
  incomplete: readonly number[]
  rules: RulesByRepository
}

/**
 * Writes one page of a repository: everybody into the index, the contributions of those who linked, what merged reverts
 * take back from them. What the list left out of theirs is queued to be asked.
 * @returns our id of the repository, null for an empty page
 */
export async function writeRepositoryPage(
  tx: Tx,
  session: RepositorySession,
  page: RepositoryPage,
): Promise<string | null> {
  const { items, write, incomplete, rules } = page
  const [first] = items
  if (first === undefined) return null
  const { platformRepositoryId } = first.repository
  const now = session.now()
  const ids = await saveRepositories(tx, [{ platform: session.platform.platform, ...first.repository }], now)
  const repositoryId = ids.get(platformRepositoryId)
  if (repositoryId === undefined) throw new Error('a repository that was not stored')
  await saveIndexed(
    tx,
    items.flatMap((item) => indexedOf(item, repositoryId)),
  )
  if (write.length > 0) {
    await writeFacts(tx, { write, unchanged: [], skipped: [], rules }, now)
    await lookForCopies(tx, session.platform.platform, write.map(authorOf))
  }
  await enqueueCompletion(tx, session, { repositoryId, numbers: incomplete })
  const written = new Set(write.map(({ pullRequest }) => pullRequest.number))
  const others = items.filter((item) => !written.has(item.number) && saysItReverts(item))
  const rulesHere = rules.get(platformRepositoryId) ?? MERGED
  for (const item of others) await takeBack(tx, { item, repositoryId, rules: rulesHere })
  return repositoryId
}

function authorOf({ pullRequest }: CompletedPullRequest): string | null {
  return pullRequest.authorPlatformUserId
}

/** Nobody can prove to be an account that is gone. */
function indexedOf(item: PullRequestSeen, repositoryId: string) {
  const { platform, number, state, authorPlatformUserId, mergedAt: landedAt } = item
  if (authorPlatformUserId === null || state !== 'merged') return []
  return [{ repositoryId, number, platform, authorPlatformUserId, landedAt }]
}

function saysItReverts({ reverts, title }: PullRequestSeen): boolean {
  return reverts.length > 0 || /^Revert "/.test(title)
}

/** A stranger's merged revert takes back what it names; nothing of the stranger is stored. */
async function takeBack(
  tx: Tx,
  { item, repositoryId, rules }: { item: PullRequestSeen; repositoryId: string; rules: LandingRules },
): Promise<void> {
  const landing = judgeLanding({
    rules,
    fullName: `${item.repository.owner}/${item.repository.name}`,
    facts: { ...item, defaultBranch: item.repository.defaultBranch },
    branchCommits: [],
    reverts: [],
    landedBefore: null,
  })
  await takeBackReverted(tx, toContributionInput(item, { repositoryId, workId: '', landing }))
}
