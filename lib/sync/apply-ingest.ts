import {
  type ContributionInput,
  type ContributionRow,
  insertContributions,
  listContributionsByNumber,
  listLandedReverts,
  refreshContribution,
  touchContributions,
} from '@/lib/db/contributions'
import { saveRepositories } from '@/lib/db/repositories'
import type { Tx } from '@/lib/db/scope'
import { addSyncProgress, addSyncSkips } from '@/lib/db/sync-runs'
import { assignWorks } from '@/lib/db/works'
import { type LandingRules, MERGED } from '@/lib/domain/landing-rule'
import type { SyncCounts } from '@/lib/domain/sync'
import type { CompletedPullRequest, PullRequestSeen, SkippedRecord } from '@/lib/platforms/port'
import { judgeLanding, type KnownRevert } from './judge-landing'
import type { RulesByRepository } from './landing-rules'
import { takeBackReverted, warnClaims } from './take-back'
import { landingOf, toContributionInput, withKnownFacts } from './to-contribution'

export type IngestPage = {
  /** New or changed, looked up whole. */
  write: readonly CompletedPullRequest[]
  unchanged: readonly { id: string }[]
  skipped: readonly SkippedRecord[]
  rules: RulesByRepository
}

type Context = { run: { id: string; personId: string }; now: Date }
type Item = CompletedPullRequest & { repositoryId: string; before: ContributionRow | null; rules: LandingRules }

/**
 * Writes one page within the caller's transaction: repositories with their names, works by landed commit, contributions
 * with their landing, what they take back, the run's report. Written again, it changes nothing.
 */
export async function applyIngest(tx: Tx, page: IngestPage, { run, now }: Context): Promise<SyncCounts> {
  const items = await placeItems(tx, page, now)
  const rows = await judgeItems(tx, items)
  const added = rows.filter(({ item }) => item.before === null).map(({ row }) => row)
  const inserted = await insertContributions(tx, added, now)
  for (const { item, row } of rows) {
    if (item.before === null) continue
    await refreshContribution(tx, item.before.id, row, now)
    if (item.before.landingState === 'landed' && row.landing.state === 'reverted') await warnClaims(tx, item.before.id)
  }
  for (const { row } of rows) if (row.landing.state === 'landed') await takeBackReverted(tx, row)
  await touchContributions(
    tx,
    page.unchanged.map(({ id }) => id),
    now,
  )
  await addSyncSkips(tx, run, page.skipped)
  const counts = {
    seen: items.length + page.unchanged.length + page.skipped.length,
    inserted,
    refreshed: items.length - inserted,
    unchanged: page.unchanged.length,
    skipped: page.skipped.length,
  }
  await addSyncProgress(tx, run.id, counts)
  return counts
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

/** What the rules make of each, and the work that it belongs to. */
async function judgeItems(tx: Tx, items: readonly Item[]): Promise<{ item: Item; row: ContributionInput }[]> {
  const storedReverts = await listLandedReverts(tx, items.map(numbered))
  const judged = items.map((item) => {
    const seen = withKnownFacts(item.pullRequest, item.before)
    const landing = judgeLanding({
      rules: item.rules,
      fullName: `${seen.repository.owner}/${seen.repository.name}`,
      facts: seen,
      branchCommits: item.branchCommits,
      reverts: revertsOf(item, storedReverts),
      landedBefore: item.before?.landedAt ?? null,
    })
    return { item, seen, landing }
  })
  const { workIds, duplicates } = await assignWorks(
    tx,
    judged.map(({ item, seen, landing }) => ({
      ownWorkId: item.before?.workId ?? null,
      commitSha: landing.commitSha,
      cherryPickedFrom: landing.state === 'not_landed' ? [] : seen.cherryPickedFrom,
    })),
  )
  for (const contributionId of duplicates) await warnClaims(tx, contributionId, 'duplicate_work')
  return judged.map(({ item, seen, landing }, index) => {
    const workId = workIds[index]
    if (workId === undefined) throw new Error('a contribution without a work')
    return { item, row: toContributionInput(seen, { repositoryId: item.repositoryId, workId, landing }) }
  })
}

/** Reverts that the platform lists at the pull request, and those that are stored as landed contributions themselves. */
function revertsOf({ pullRequest, repositoryId, before }: Item, stored: readonly ContributionRow[]): KnownRevert[] {
  const { number, revertedBy } = pullRequest
  const listed = revertedBy.map((revert) => ({
    number: revert.number,
    commitSha: revert.commitSha,
    at: revert.mergedAt,
  }))
  const own = stored.flatMap((row) =>
    row.repositoryId === repositoryId && row.number !== number && row.reverts.includes(number) && row.landedAt !== null
      ? [{ number: row.number, commitSha: row.landedCommitSha, at: row.landedAt }]
      : [],
  )
  return [...listed, ...own, ...knownRevertOf(before)]
}

/**
 * What took this landing back as far as was known before: a refresh does not forget it, whether or not the platform still
 * lists it. A later landing is not touched by it, since it came before.
 */
function knownRevertOf(before: ContributionRow | null): KnownRevert[] {
  if (before?.landingState !== 'reverted' || before.landedAt === null) return []
  const by = landingOf(before).proof.find(({ fact }) => fact === 'reverted_by')?.value
  if (!by) return []
  const number = /^#(\d+)$/.exec(by)?.[1]
  return [{ number: number ? Number(number) : null, commitSha: number ? null : by, at: before.landedAt }]
}
