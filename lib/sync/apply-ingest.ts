import {
  type ContributionInput,
  type ContributionRow,
  insertContribution,
  listContributionsByNumber,
  listLandedByTitle,
  listLandedReverts,
  refreshContribution,
  saveLanding,
  touchContributions,
} from '@/lib/db/contributions'
import { saveRepositories } from '@/lib/db/repositories'
import type { Tx } from '@/lib/db/scope'
import { addSyncProgress, addSyncSkips } from '@/lib/db/sync-runs'
import { findOrCreateWork, findWork, isWorkClaimed } from '@/lib/db/works'
import { type LandingResult, landingProofSchema } from '@/lib/domain/contribution'
import type { LandingRules } from '@/lib/domain/landing-rule'
import { LANDING_RULE_NAMES } from '@/lib/domain/landing-rule'
import { findRevertedTitle } from '@/lib/domain/revert'
import type { SyncCounts } from '@/lib/domain/sync'
import type { CompletedPullRequest, PullRequestSeen, SkippedRecord } from '@/lib/platforms/port'
import { enqueue } from '@/lib/queue/enqueue'
import { judgeLanding, type KnownRevert } from './judge-landing'

export type IngestPage = {
  /** New or changed, looked up whole. */
  write: readonly CompletedPullRequest[]
  unchanged: readonly { id: string }[]
  skipped: readonly SkippedRecord[]
  rulesOf: (platformRepositoryId: string) => LandingRules
}

/**
 * Writes one page within the caller's transaction: repositories with their names, works by landed commit, contributions
 * with their landing, what is taken back by them, the run's report. Written again, it changes nothing.
 */
export async function applyIngest(
  tx: Tx,
  page: IngestPage,
  context: { run: { id: string; personId: string }; now: Date },
): Promise<SyncCounts> {
  const { run, now } = context
  const repositoryIds = await saveRepositories(
    tx,
    page.write.map(({ pullRequest }) => ({ platform: pullRequest.platform, ...pullRequest.repository })),
    now,
  )
  const items = page.write.flatMap((completed) => {
    const repositoryId = repositoryIds.get(completed.pullRequest.repository.platformRepositoryId)
    return repositoryId === undefined ? [] : [{ ...completed, repositoryId }]
  })
  const stored = new Map(
    (
      await listContributionsByNumber(
        tx,
        items.map(({ repositoryId, pullRequest }) => ({ repositoryId, number: pullRequest.number })),
      )
    ).map((row) => [`${row.repositoryId}#${row.number}`, row]),
  )
  let inserted = 0
  // In one order everywhere, so that two syncs never wait for each other's rows.
  for (const item of items.toSorted(byCommit)) {
    const before = stored.get(`${item.repositoryId}#${item.pullRequest.number}`) ?? null
    const rules = page.rulesOf(item.pullRequest.repository.platformRepositoryId)
    const isNew = await writeContribution(tx, { ...item, before, rules }, now)
    if (isNew) inserted += 1
  }
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

function byCommit(a: CompletedPullRequest, b: CompletedPullRequest): number {
  const key = ({ pullRequest: { mergeCommitSha, closerCommitSha, url } }: CompletedPullRequest) =>
    `${mergeCommitSha ?? closerCommitSha ?? ''} ${url}`
  return key(a) < key(b) ? -1 : 1
}

type WriteInput = CompletedPullRequest & { repositoryId: string; before: ContributionRow | null; rules: LandingRules }

async function writeContribution(tx: Tx, input: WriteInput, now: Date): Promise<boolean> {
  const { repositoryId, before, rules, branchCommits } = input
  const seen = withKnown(input.pullRequest, before)
  const reverts = await findKnownReverts(tx, repositoryId, seen)
  const landing = judgeLanding({
    rules,
    fullName: `${seen.repository.owner}/${seen.repository.name}`,
    facts: seen,
    branchCommits,
    reverts,
    landedBefore: before?.landedAt ?? null,
  })
  const keys = {
    commitSha: landing.commitSha,
    cherryPickedFrom: landing.state === 'not_landed' ? [] : seen.cherryPickedFrom,
  }
  const workId = before === null ? await findOrCreateWork(tx, keys) : await workOf(tx, before.workId, keys)
  const row = toInput(seen, { repositoryId, workId, landing })
  const isNew = before === null && (await insertContribution(tx, row, now))
  const kept = before ?? (isNew ? null : await findStored(tx, row))
  if (kept !== null) {
    await refreshContribution(tx, kept.id, row, now)
    if (kept.landingState === 'landed' && landing.state === 'reverted') await warnClaims(tx, kept.id)
  }
  if (landing.state === 'landed') await takeBackReverted(tx, row)
  return isNew
}

/** What this list leaves out but an earlier look-up found stays known. */
function withKnown(seen: PullRequestSeen, before: ContributionRow | null): PullRequestSeen {
  if (before === null) return seen
  return {
    ...seen,
    additions: seen.additions ?? before.additions,
    deletions: seen.deletions ?? before.deletions,
    changedFiles: seen.changedFiles ?? before.changedFiles,
    mergeCommitSha: seen.mergeCommitSha ?? (seen.state === 'merged' ? before.mergeCommitSha : null),
    mergedBy: seen.mergedBy ?? userOf(before.mergedByUserId, before.mergedByLogin),
    lastClosedBy: seen.lastClosedBy ?? userOf(before.lastClosedByUserId, before.lastClosedByLogin),
  }
}

function userOf(platformUserId: string | null, login: string | null) {
  return login === null ? null : { platformUserId, login }
}

async function findStored(tx: Tx, row: ContributionInput): Promise<ContributionRow | null> {
  const [found] = await listContributionsByNumber(tx, [{ repositoryId: row.repositoryId, number: row.number }])
  return found ?? null
}

/** Reverts that the platform lists at the pull request, and those that are stored as landed contributions themselves. */
async function findKnownReverts(tx: Tx, repositoryId: string, seen: PullRequestSeen): Promise<KnownRevert[]> {
  const listed = seen.revertedBy.map(({ number, commitSha, mergedAt }) => ({ number, commitSha, at: mergedAt }))
  const stored = await listLandedReverts(tx, repositoryId, [seen.number])
  return [
    ...listed,
    ...stored.flatMap(({ number, landedCommitSha, landedAt }) =>
      landedAt === null || number === seen.number ? [] : [{ number, commitSha: landedCommitSha, at: landedAt }],
    ),
  ]
}

/** A landed change that says it reverts others takes back the stored ones that it names by number or quotes by title. */
async function takeBackReverted(tx: Tx, row: ContributionInput): Promise<void> {
  const at = row.landing.landedAt
  if (at === null) return
  for (const target of await findRevertTargets(tx, row, at)) {
    if (target.landingState !== 'landed' || target.landedAt === null || target.landedAt > at) continue
    const landing = landingOf(target)
    const proof = [...landing.proof, { fact: 'reverted_by', value: `#${row.number}` }]
    if (await saveLanding(tx, target, { ...landing, state: 'reverted', proof })) await warnClaims(tx, target.id)
  }
}

async function findRevertTargets(tx: Tx, row: ContributionInput, at: Date): Promise<ContributionRow[]> {
  const { repositoryId } = row
  const numbers = Array.isArray(row.reverts) ? row.reverts : []
  if (numbers.length > 0)
    return listContributionsByNumber(
      tx,
      numbers.map((number) => ({ repositoryId, number })),
    )
  const title = findRevertedTitle(row.title)
  const quoted = title === null ? [] : await listLandedByTitle(tx, { repositoryId, title, before: at })
  return quoted.length === 1 ? quoted : []
}

/** The stored landing of a contribution. */
export function landingOf(row: ContributionRow): LandingResult {
  return {
    state: row.landingState === 'landed' || row.landingState === 'reverted' ? row.landingState : 'not_landed',
    landedAt: row.landedAt,
    rule: LANDING_RULE_NAMES.find((name) => name === row.landingRule) ?? null,
    commitSha: row.landedCommitSha,
    proof: landingProofSchema.catch([]).parse(row.landingProof ?? []),
  }
}

/** Claims that hold the contribution are warned by a job, once this is committed. */
export async function warnClaims(tx: Tx, contributionId: string): Promise<void> {
  await enqueue(tx, 'warn-claims', { contributionId, code: 'reverted' })
}

/** A stored contribution joins the work that has its commit, unless its own is claimed: a claim never changes underneath. */
async function workOf(tx: Tx, workId: string, keys: { commitSha: string | null; cherryPickedFrom: readonly string[] }) {
  const known = await findWork(tx, keys)
  if (known === workId) return workId
  if (known !== null) return (await isWorkClaimed(tx, workId)) ? workId : known
  return keys.commitSha === null ? workId : findOrCreateWork(tx, keys, workId)
}

function toInput(
  seen: PullRequestSeen,
  place: { repositoryId: string; workId: string; landing: LandingResult },
): ContributionInput {
  return {
    ...place,
    platform: seen.platform,
    kind: 'pull_request',
    number: seen.number,
    nodeId: seen.nodeId,
    title: seen.title,
    url: seen.url,
    authorPlatformUserId: seen.authorPlatformUserId,
    authorLogin: seen.authorLogin,
    authorType: seen.authorType,
    authorAssociation: seen.authorAssociation,
    state: seen.state,
    createdAt: seen.createdAt,
    updatedAt: seen.updatedAt,
    closedAt: seen.closedAt,
    mergedAt: seen.mergedAt,
    baseBranch: seen.baseBranch,
    labels: [...seen.labels],
    additions: seen.additions,
    deletions: seen.deletions,
    changedFiles: seen.changedFiles,
    mergedByUserId: seen.mergedBy?.platformUserId ?? null,
    mergedByLogin: seen.mergedBy?.login ?? null,
    lastClosedByUserId: seen.lastClosedBy?.platformUserId ?? null,
    lastClosedByLogin: seen.lastClosedBy?.login ?? null,
    reverts: [...seen.reverts],
    mergeCommitSha: seen.mergeCommitSha,
    closerCommitSha: seen.closerCommitSha,
  }
}
