import { randomUUID } from 'node:crypto'
import type { CohortReading } from '@/lib/db/cohort-accounts'
import { listStoredUpdates, type StoredUpdate } from '@/lib/db/contribution-updates'
import { withScope } from '@/lib/db/scope'
import { listLatestSkips } from '@/lib/db/sync-runs'
import type { CompletedPullRequest, PullRequestGlimpse, SkippedRecord } from '@/lib/platforms/port'
import { askInBatches } from './ask-in-batches'
import { fullBatch } from './batch-size'
import { subjectOf } from './catalog-subject'
import type { CohortSession, Scanned } from './cohort-scan'
import { completePullRequests } from './complete-pull-requests'
import { type RulesByRepository, readLandingRules } from './landing-rules'
import { ingestKey } from './plan-ingest'

/** What of a stretch of accounts is to be written: the new and changed pull requests of each, whole, and its report. */
export type CohortFinds = {
  accounts: { reading: CohortReading; write: readonly CompletedPullRequest[] }[]
  rules: RulesByRepository
}

/** Compares what a scan shows with what is stored, and reads what is new or changed, many in one request. */
export async function readFinds(session: CohortSession, scanned: readonly Scanned[]): Promise<CohortFinds> {
  const stored = await findStored(session, scanned)
  const fresh = scanned.flatMap(({ glimpses }) => glimpses.filter((one) => isFresh(one, stored)))
  const { found, skipped } = await readWhole(session, fresh)
  const rules = await withScope({ universityId: session.universityId }, (tx) =>
    readLandingRules(tx, [
      ...new Map(found.map((item) => [item.repository.platformRepositoryId, subjectOf(item)])).values(),
    ]),
  )
  const completed = await completePullRequests(session, found, rules)
  const wholeOf = new Map(completed.map((one) => [one.pullRequest.nodeId, one]))
  const hiddenOf = ({ glimpses }: Scanned) => glimpses.flatMap(({ nodeId }) => skipped.get(nodeId) ?? [])
  const withSkips = scanned.filter((one) => one.skipped.length > 0 || hiddenOf(one).length > 0)
  const reported = await findReported(session, withSkips)
  const accounts = scanned.map((one) => {
    const write = one.glimpses.flatMap(({ nodeId }) => wholeOf.get(nodeId) ?? [])
    return { write, reading: readingOf(one, { write, hidden: hiddenOf(one), stored, reported }) }
  })
  return { accounts, rules }
}

async function findReported({ universityId }: CohortSession, scanned: readonly Scanned[]): Promise<Set<string>> {
  const accountIds = scanned.map(({ member }) => member.accountId)
  const rows = await withScope({ universityId }, (tx) => listLatestSkips(tx, accountIds))
  return new Set(rows.map(({ accountId, reference }) => `${accountId} ${reference}`))
}

type Stored = ReadonlyMap<string, StoredUpdate>

async function findStored({ platform }: CohortSession, scanned: readonly Scanned[]): Promise<Stored> {
  const keys = scanned.flatMap(({ glimpses }) => glimpses)
  const rows = await withScope({}, (tx) => listStoredUpdates(tx, platform.platform, keys))
  return new Map(rows.map((row) => [ingestKey(row.platformRepositoryId, row.number), row]))
}

function isFresh(glimpse: PullRequestGlimpse, stored: Stored): boolean {
  const known = stored.get(ingestKey(glimpse.platformRepositoryId, glimpse.number))
  return known?.updatedAt.getTime() !== glimpse.updatedAt.getTime() || known.state !== glimpse.state
}

/** In batches that halve where they are too heavy; one that is too heavy even alone is reported, not forgotten. */
async function readWhole(session: CohortSession, fresh: readonly PullRequestGlimpse[]) {
  const { platform, credential, signal } = session
  const max = platform.cohortLimits.pullRequests
  const { answers, tooMuch } = await askInBatches({
    items: fresh,
    size: fullBatch(max),
    max,
    signal,
    ask: async (batch) => {
      const nodeIds = batch.map(({ nodeId }) => nodeId)
      return { nodeIds, ...(await platform.readPullRequests({ nodeIds, credential, signal })) }
    },
  })
  session.allowance = answers.at(-1)?.allowance ?? session.allowance
  const found = answers.flatMap(({ items }) => items)
  const shown = new Set(found.map(({ nodeId }) => nodeId))
  const skipped = new Map<string, SkippedRecord>()
  for (const answer of answers) {
    const missing = answer.nodeIds.filter((nodeId) => !shown.has(nodeId))
    for (const [at, nodeId] of missing.entries()) {
      skipped.set(nodeId, answer.skipped[at] ?? { reference: platform.platform, reason: 'hidden_record' })
    }
  }
  for (const { nodeId } of tooMuch) skipped.set(nodeId, { reference: platform.platform, reason: 'unreadable_record' })
  return { found, skipped }
}

type Finds = {
  write: readonly CompletedPullRequest[]
  hidden: readonly SkippedRecord[]
  stored: Stored
  reported: ReadonlySet<string>
}

/** What was skipped the last time too is no news: it is reported once, not every night. */
function readingOf({ member, sight, named, glimpses, skipped }: Scanned, finds: Finds): CohortReading {
  const { write, hidden, stored, reported } = finds
  const inserted = write.filter(
    ({ pullRequest: { repository, number } }) => !stored.has(ingestKey(repository.platformRepositoryId, number)),
  ).length
  const skips = [...skipped, ...hidden]
  const isNews = write.length > 0 || skips.some(({ reference }) => !reported.has(`${member.accountId} ${reference}`))
  const newest = glimpses.reduce<Date | null>(
    (latest, { updatedAt }) => (latest === null || updatedAt > latest ? updatedAt : latest),
    null,
  )
  return {
    accountId: member.accountId,
    runId: isNews ? randomUUID() : null,
    visibility: sight === 'unclear' ? null : sight,
    login: named?.login ?? null,
    nodeId: named?.nodeId ?? null,
    // One that did not move needs no writing.
    watermarkAt: newest !== null && newest.getTime() !== member.watermarkAt?.getTime() ? newest : null,
    seen: glimpses.length + skipped.length,
    inserted,
    refreshed: write.length - inserted,
    unchanged: glimpses.length - write.length - hidden.length,
    skips,
  }
}
