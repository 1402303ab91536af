import {
  type ContributionInput,
  type ContributionRow,
  insertContributions,
  listContributionsByNumber,
  refreshContributions,
  touchContributions,
} from '@/lib/db/contributions'
import { saveRepositories } from '@/lib/db/repositories'
import type { Tx } from '@/lib/db/scope'
import { addSyncProgress, addSyncSkips } from '@/lib/db/sync-runs'
import { assignWorks } from '@/lib/db/works'
import type { LandingResult } from '@/lib/domain/contribution'
import { type LandingRules, MERGED } from '@/lib/domain/landing-rule'
import { findLandedAgain } from '@/lib/domain/revert'
import { eventsOfListed, followReverts } from '@/lib/domain/revert-chain'
import type { SyncCounts } from '@/lib/domain/sync'
import type { CompletedPullRequest, PullRequestSeen, SkippedRecord } from '@/lib/platforms/port'
import { judgeLanding } from './judge-landing'
import type { RulesByRepository } from './landing-rules'
import { eventsOfStored, type RevertsOf, readReverts } from './revert-events'
import { takeBackReverted, warnClaims } from './take-back'
import { toContributionInput, withKnownFacts } from './to-contribution'

export type IngestPage = {
  /** New or changed, looked up whole. */
  write: readonly CompletedPullRequest[]
  unchanged: readonly { id: string }[]
  skipped: readonly SkippedRecord[]
  rules: RulesByRepository
}

type Context = { run: { id: string; personId: string }; now: Date }
type Item = CompletedPullRequest & { repositoryId: string; before: ContributionRow | null; rules: LandingRules }

/** Writes one page of a run within the caller's transaction, with the run's report. Written again, it changes nothing. */
export async function applyIngest(tx: Tx, page: IngestPage, { run, now }: Context): Promise<SyncCounts> {
  const counts = await writeFacts(tx, page, now)
  await addSyncSkips(tx, run, page.skipped)
  await addSyncProgress(tx, run.id, counts)
  return counts
}

/**
 * Writes one page within the caller's transaction, whoever asked for it: repositories with their names, works by landed
 * commit, contributions with their landing, what they take back and bring back.
 */
export async function writeFacts(tx: Tx, page: IngestPage, now: Date): Promise<SyncCounts> {
  const items = await placeItems(tx, page, now)
  const rows = await judgeItems(tx, items)
  const added = rows.filter(({ item }) => item.before === null).map(({ row }) => row)
  const inserted = await insertContributions(tx, added, now)
  const known = rows.flatMap(({ item, row }) => (item.before === null ? [] : [{ before: item.before, input: row }]))
  await refreshContributions(
    tx,
    known.map(({ before, input }) => ({ id: before.id, input })),
    now,
  )
  for (const { before, input } of known) if (isNews(before, input)) await warnClaims(tx, before.id, 'reverted')
  for (const { row } of rows) await takeBackReverted(tx, row)
  const unchanged = page.unchanged.map(({ id }) => id)
  await touchContributions(tx, unchanged, now)
  return {
    seen: items.length + page.unchanged.length + page.skipped.length,
    inserted,
    refreshed: items.length - inserted,
    unchanged: page.unchanged.length,
    skipped: page.skipped.length,
  }
}

/** What claims rest on is otherwise now: taken back, brought back, or not landed any more by the rules of today. */
function isNews(before: ContributionRow, { landing }: ContributionInput): boolean {
  return before.landingState !== 'not_landed' && before.landingState !== landing.state
}

/** Stores the repositories and finds what is stored of each pull request by now. */
async function placeItems(tx: Tx, page: IngestPage, now: Date): Promise<Item[]> {
  const repositories = page.write.map(({ pullRequest: { platform, repository } }) => ({ platform, ...repository }))
  const ids = await saveRepositories(tx, repositories, now)
  const placed = page.write.flatMap((completed) => {
    const repositoryId = ids.get(completed.pullRequest.repository.platformRepositoryId)
    return repositoryId === undefined ? [] : [{ ...completed, repositoryId }]
  })
  const keyOf = (repositoryId: string, number: number) => `${repositoryId}#${number}`
  const stored = await listContributionsByNumber(tx, placed.map(numbered))
  const rowOf = new Map(stored.map((row) => [keyOf(row.repositoryId, row.number), row]))
  return placed.map((item) => ({
    ...item,
    before: rowOf.get(keyOf(item.repositoryId, item.pullRequest.number)) ?? null,
    rules: page.rules.get(item.pullRequest.repository.platformRepositoryId) ?? MERGED,
  }))
}

function numbered({ repositoryId, pullRequest }: { repositoryId: string; pullRequest: PullRequestSeen }) {
  return { repositoryId, number: pullRequest.number }
}

type Judged = { item: Item; seen: PullRequestSeen; landing: LandingResult; alsoKnownAs: readonly string[] }

/** What the rules make of each, and the work that it belongs to. */
async function judgeItems(tx: Tx, items: readonly Item[]): Promise<{ item: Item; row: ContributionInput }[]> {
  const reverts = await readReverts(
    tx,
    items.map((item) => ({ ...numbered(item), events: eventsKnownOf(item) })),
  )
  const brought = await listBroughtAgain(tx, items)
  const judged = items.map((item): Judged => {
    const landing = judgeItem(item, reverts)
    const { pullRequest } = item
    const sources =
      landing.state === 'not_landed' ? [] : [...pullRequest.cherryPickedFrom, ...(brought.get(item) ?? [])]
    return {
      item,
      seen: withKnownFacts(pullRequest, item.before),
      landing,
      alsoKnownAs: [...sources, ...bringerOf(item, landing, reverts)],
    }
  })
  const { workIds, duplicates } = await assignWorks(
    tx,
    judged.map(({ item, landing, alsoKnownAs }) => ({
      ownWorkId: item.before?.workId ?? null,
      commitSha: landing.commitSha,
      cherryPickedFrom: alsoKnownAs,
    })),
  )
  for (const contributionId of duplicates) await warnClaims(tx, contributionId, 'duplicate_work')
  return judged.map(({ item, seen, landing }, index) => {
    const workId = workIds[index]
    if (workId === undefined) throw new Error('a contribution without a work')
    return { item, row: toContributionInput(seen, { repositoryId: item.repositoryId, workId, landing }) }
  })
}

/** What the platform and earlier reads say that takes it back, and takes that back. */
function eventsKnownOf({ pullRequest, before, reverts = [] }: Item) {
  const listed = eventsOfListed(pullRequest.number, pullRequest.revertedBy)
  return [...listed, ...reverts, ...(before === null ? [] : eventsOfStored(before))]
}

function judgeItem(item: Item, reverts: RevertsOf): LandingResult {
  const seen = withKnownFacts(item.pullRequest, item.before)
  return judgeLanding({
    rules: item.rules,
    fullName: `${seen.repository.owner}/${seen.repository.name}`,
    facts: { ...seen, defaultBranch: seen.repository.defaultBranch },
    branchCommits: item.branchCommits,
    reverts: [...eventsKnownOf(item), ...reverts(numbered(item))],
    landedBefore: item.before?.landedAt ?? null,
  })
}

/** The commit that brought it back holds the same change once more: they are one work. */
function bringerOf(item: Item, { commitSha, landedAt }: LandingResult, reverts: RevertsOf): string[] {
  const target = { number: item.pullRequest.number, commitSha, landedAt }
  const { broughtBackBy } = followReverts(target, [...eventsKnownOf(item), ...reverts(numbered(item))])
  return broughtBackBy?.commitSha ? [broughtBackBy.commitSha] : []
}

/** The landed commits of what pull requests say that they land again ("Reland …", the revert of a revert). */
async function listBroughtAgain(tx: Tx, items: readonly Item[]): Promise<Map<Item, string[]>> {
  const named = items.flatMap((item) =>
    findLandedAgain(item.pullRequest.title).map((number) => ({ item, repositoryId: item.repositoryId, number })),
  )
  const rows = await listContributionsByNumber(tx, named)
  const shasOf = new Map<Item, string[]>()
  for (const { item, repositoryId, number } of named) {
    const row = rows.find((one) => one.repositoryId === repositoryId && one.number === number)
    const isSameAuthor = row?.authorPlatformUserId === item.pullRequest.authorPlatformUserId
    if (row?.landedCommitSha && isSameAuthor) shasOf.set(item, [...(shasOf.get(item) ?? []), row.landedCommitSha])
  }
  return shasOf
}
