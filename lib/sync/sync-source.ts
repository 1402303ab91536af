import { findOldestIncomplete, listContributionsByNumber } from '@/lib/db/contributions'
import { findRepositoryIdsByPlatformId } from '@/lib/db/repositories'
import { withScope } from '@/lib/db/scope'
import { setSourcesDone } from '@/lib/db/sync-runs'
import { completeSyncPass, forgetSyncPass, type SyncSourceRow, saveSyncCursor } from '@/lib/db/sync-sources'
import type { CatalogSubject } from '@/lib/domain/catalog'
import { MERGED } from '@/lib/domain/landing-rule'
import { PLATFORM_TRAITS } from '@/lib/domain/platform'
import type { SyncRun } from '@/lib/domain/sync'
import { isPlatformError } from '@/lib/platforms/platform-error'
import type {
  AccountReference,
  CompletedPullRequest,
  Credential,
  PlatformPort,
  PullRequestPage,
  PullRequestSeen,
} from '@/lib/platforms/port'
import { applyIngest } from './apply-ingest'
import { completePulls } from './complete-pulls'
import { type RulesByRepository, readLandingRules } from './landing-rules'
import { assertNotPaused } from './pause'
import { completionSince, type IngestPlan, ingestKey, planIngest } from './plan-ingest'
import { listReverting, takeBackByCommits } from './read-reverts'

/** All that reading one account needs; nothing of it is kept longer than the run. */
export type SyncSession = {
  run: SyncRun
  account: AccountReference
  platform: PlatformPort
  credential: Credential
  /** Aborted when the worker is asked to stop: the page under way is finished, the next run goes on. */
  signal: AbortSignal
  now: () => Date
}

/** Thrown between two pages when the worker stops. */
export class SyncStopped extends Error {
  override readonly name = 'SyncStopped'
}

type Pass = { cursor: string | null; startedAt: Date; watermarkAt: Date | null; untilUpdatedAt: Date | null }

/**
 * Reads one source newest first, down to its watermark, a transaction a page. A pass that was broken off goes on at its
 * cursor, unless it is too old or was of another kind; the watermark moves only with the last page, to where the pass
 * began. After a pass that went on, what came since it began is read as well.
 * @param sourcesDone how many of the run's sources are read when this one is
 */
export async function syncSource(session: SyncSession, source: SyncSourceRow, sourcesDone: number): Promise<void> {
  const isBackfill = session.run.trigger === 'backfill'
  const goesOn = mayGoOn(source, isBackfill, session.now())
  const watermarkAt = await readPass(session, {
    source,
    sourcesDone,
    first: {
      cursor: goesOn ? source.passCursor : null,
      startedAt: goesOn ? (source.passStartedAt ?? session.now()) : session.now(),
      watermarkAt: goesOn ? source.passWatermarkAt : null,
      untilUpdatedAt: isBackfill ? null : await startOfReading(session, source),
    },
  })
  if (!goesOn) return
  const since = { ...source, watermarkAt, completedAt: session.now() }
  const first = { cursor: null, startedAt: session.now(), watermarkAt: null, untilUpdatedAt: watermarkAt }
  await readPass(session, { source: since, sourcesDone, first })
}

/** A pass older than this may have turned pages that show other records by now. */
const PASS_MAX_AGE_MS = 86_400_000

function mayGoOn(source: SyncSourceRow, isBackfill: boolean, now: Date): boolean {
  const { passCursor, passStartedAt, passIsBackfill } = source
  if (passCursor === null || passStartedAt === null || passIsBackfill !== isBackfill) return false
  return now.getTime() - passStartedAt.getTime() <= PASS_MAX_AGE_MS
}

/** The watermark, or earlier where something read before is to be completed. */
async function startOfReading(session: SyncSession, source: SyncSourceRow): Promise<Date | null> {
  const { run, platform, account } = session
  if (!PLATFORM_TRAITS[platform.platform].hidesParts || source.watermarkAt === null) return source.watermarkAt
  const of = {
    platform: platform.platform,
    platformUserId: account.platformUserId,
    fullNameKey: source.source.slice(source.source.indexOf(':') + 1).toLowerCase(),
    mergedSince: completionSince(session.now()),
  }
  const incompleteAt = await withScope({ personId: run.personId }, (tx) => findOldestIncomplete(tx, of))
  return incompleteAt !== null && incompleteAt < source.watermarkAt ? incompleteAt : source.watermarkAt
}

/** Page by page to the end; what the watermark is then. */
async function readPass(
  session: SyncSession,
  { source, sourcesDone, first }: { source: SyncSourceRow; sourcesDone: number; first: Pass },
): Promise<Date | null> {
  let pass = first
  for (;;) {
    if (session.signal.aborted) throw new SyncStopped()
    await assertNotPaused({ universityId: session.run.universityId, platform: session.platform.platform })
    const page = await askForPage(session, source.source, pass)
    const { next, watermarkAt } = await ingestPage(session, { source, page, pass, sourcesDone })
    if (next === null) return watermarkAt
    pass = next
  }
}

/** A cursor that the platform does not take any more begins the pass anew; what was read is there and changes nothing. */
async function askForPage(session: SyncSession, source: string, pass: Pass): Promise<PullRequestPage> {
  const { account, credential, platform } = session
  const ask = (cursor: string | null) =>
    platform.listAuthorPullRequests({ account, source, credential, cursor, untilUpdatedAt: pass.untilUpdatedAt })
  try {
    return await ask(pass.cursor)
  } catch (error) {
    if (pass.cursor === null || !isPlatformError(error, 'unexpected_answer')) throw error
    const { accountId, personId } = session.run
    await withScope({ personId }, (tx) => forgetSyncPass(tx, { accountId, personId, source }))
    pass.cursor = null
    pass.watermarkAt = null
    return ask(null)
  }
}

type PageInput = { source: SyncSourceRow; page: PullRequestPage; pass: Pass; sourcesDone: number }

/** @returns the pass at its next page, or null when this was the last one, and the watermark when it is complete */
async function ingestPage(
  session: SyncSession,
  input: PageInput,
): Promise<{ next: Pass | null; watermarkAt: Date | null }> {
  const { run } = session
  const { source, page, pass, sourcesDone } = input
  const scope = { universityId: run.universityId, personId: run.personId }
  const { plan, rules } = await planPage(session, page)
  const write = await complete(session, plan, rules)
  const isLast = page.nextCursor === null
  const reverting = isLast ? await listReverting({ session, source }, write) : []
  // Taken on the first page: everything that is updated from then on belongs to the next pass.
  const watermarkAt = pass.cursor === null ? newestOf(page.items, source.watermarkAt) : pass.watermarkAt
  const now = session.now()
  const key = { accountId: run.accountId, personId: run.personId, source: source.source }
  await withScope(scope, async (tx) => {
    await applyIngest(tx, { write, unchanged: plan.unchanged, skipped: plan.skipped, rules }, { run, now })
    await takeBackByCommits(tx, { session, source }, reverting)
    if (page.nextCursor === null) {
      await completeSyncPass(tx, key, { watermarkAt, completedAt: now })
      await setSourcesDone(tx, run.id, sourcesDone)
    } else {
      const isBackfill = run.trigger === 'backfill'
      await saveSyncCursor(tx, key, { cursor: page.nextCursor, startedAt: pass.startedAt, watermarkAt, isBackfill })
    }
  })
  return { next: page.nextCursor === null ? null : { ...pass, cursor: page.nextCursor, watermarkAt }, watermarkAt }
}

async function planPage(
  { run, platform, now }: SyncSession,
  page: PullRequestPage,
): Promise<{ plan: IngestPlan; rules: RulesByRepository }> {
  if (page.items.length === 0) {
    return { plan: { write: [], unchanged: [], skipped: page.skipped }, rules: new Map() }
  }
  const subjects = new Map(page.items.map((item) => [item.repository.platformRepositoryId, subjectOfSeen(item)]))
  return withScope({ universityId: run.universityId, personId: run.personId }, async (tx) => {
    const rules = await readLandingRules(tx, [...subjects.values()])
    const ids = await findRepositoryIdsByPlatformId(tx, platform.platform, [...subjects.keys()])
    const places = page.items.flatMap((item) => {
      const repositoryId = ids.get(item.repository.platformRepositoryId)
      return repositoryId === undefined ? [] : [{ repositoryId, number: item.number }]
    })
    const platformIds = new Map([...ids].map(([platformId, id]) => [id, platformId]))
    const rows = await listContributionsByNumber(tx, places)
    const plan = planIngest({
      seen: page.items,
      skipped: page.skipped,
      stored: new Map(rows.map((row) => [ingestKey(platformIds.get(row.repositoryId) ?? '', row.number), row])),
      rulesOf: (id) => rules.get(id) ?? MERGED,
      isBackfill: run.trigger === 'backfill',
      now: now(),
    })
    return { plan, rules }
  })
}

/** What lists leave out, asked for outside any transaction. */
async function complete(
  { platform, credential }: SyncSession,
  plan: IngestPlan,
  rules: RulesByRepository,
): Promise<CompletedPullRequest[]> {
  const pulls = plan.write.map(({ seen }) => ({
    pullRequest: seen,
    landingRules: rules.get(seen.repository.platformRepositoryId) ?? MERGED,
  }))
  return completePulls({ platform, credential }, pulls)
}

/** What the catalog is asked about a pull request. */
export function subjectOfSeen({ platform, repository }: PullRequestSeen): CatalogSubject {
  return {
    platform,
    platformRepositoryId: repository.platformRepositoryId,
    fullName: `${repository.owner}/${repository.name}`,
    ownerPlatformUserId: repository.ownerPlatformUserId,
    fork: repository.isFork,
    archived: repository.isArchived,
  }
}

function newestOf(items: readonly PullRequestSeen[], before: Date | null): Date | null {
  return items.reduce<Date | null>(
    (newest, { updatedAt }) => (newest === null || updatedAt > newest ? updatedAt : newest),
    before,
  )
}
