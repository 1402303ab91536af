import { z } from 'zod'
import { PLATFORMS, type Platform } from '@/lib/domain/platform'
import {
  RUN_FAILURES,
  type RunFailure,
  SYNC_RUN_STATES,
  SYNC_TRIGGERS,
  type SyncCounts,
  type SyncFailure,
  type SyncRun,
  type SyncTrigger,
} from '@/lib/domain/sync'
import { database } from './client'
import { oneOf } from './one-of'
import type { Tx } from './scope'

const OPEN_STATES = ['queued', 'running', 'waiting']

export type NewSyncRun = {
  id: string
  accountId: string
  personId: string
  universityId: string
  trigger: SyncTrigger
  /** Sealed under {@link syncTokenContext} of the run; null where the university's credential is used. */
  tokenSealed: string | null
  requestedAt: Date
}

/** What a run's token is sealed for: it opens for this run only. */
export function syncTokenContext(runId: string): string {
  return `sync-run:${runId}`
}

/** A run that waits for its job: queue `sync-account` in the same transaction. */
export async function createSyncRun(tx: Tx, run: NewSyncRun): Promise<void> {
  await tx.syncRun.createMany({ data: run })
}

/** One run in scope, or null. */
export async function findSyncRun(tx: Tx, runId: string): Promise<SyncRun | null> {
  const row = await tx.syncRun.findUnique({ where: { id: runId }, omit: { tokenSealed: true } })
  return row && toSyncRun(row)
}

/** The token of a run that is under way, sealed; null when there is none (any more). */
export async function findSyncRunToken(tx: Tx, runId: string): Promise<string | null> {
  const row = await tx.syncRun.findUnique({ where: { id: runId }, select: { tokenSealed: true } })
  return row?.tokenSealed ?? null
}

/** The account's run that has not ended, the newest first, or null. */
export async function findOpenSyncRun(tx: Tx, accountId: string): Promise<SyncRun | null> {
  const row = await tx.syncRun.findFirst({
    where: { accountId, state: { in: OPEN_STATES } },
    orderBy: { requestedAt: 'desc' },
    omit: { tokenSealed: true },
  })
  return row && toSyncRun(row)
}

/** Which accounts of the university's members have a run that has not ended, also one that carries its owner's token. */
export async function listAccountsUnderWay(tx: Tx, accountIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ accountId: string }[]>`
    select read_account_id::text as "accountId" from accounts_under_way(${[...accountIds]}::uuid[])`
  return new Set(rows.map((row) => row.accountId))
}

/** The newest runs of an account, before a position. */
export async function listSyncRunsOf(
  tx: Tx,
  accountId: string,
  page: { before: { requestedAt: Date; id: string } | null; limit: number },
): Promise<SyncRun[]> {
  const { before, limit } = page
  const rows = await tx.syncRun.findMany({
    where: {
      accountId,
      ...(before && {
        OR: [{ requestedAt: { lt: before.requestedAt } }, { requestedAt: before.requestedAt, id: { lt: before.id } }],
      }),
    },
    orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
    take: limit,
    omit: { tokenSealed: true },
  })
  return rows.map(toSyncRun)
}

/** A worker took the run up; false when it has ended before. */
export async function startSyncRun(
  tx: Tx,
  runId: string,
  start: { now: Date; sourcesTotal: number },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update sync_run set state = 'running', started_at = coalesce(started_at, ${start.now}), retry_at = null,
      failure_kind = null, sources_total = ${start.sourcesTotal}
    where id = ${runId}::uuid and state in ('queued', 'running', 'waiting')`
  return changed === 1
}

/** Adds what one page brought. */
export async function addSyncProgress(tx: Tx, runId: string, counts: SyncCounts): Promise<void> {
  await tx.syncRun.updateMany({
    where: { id: runId },
    data: {
      pages: { increment: 1 },
      seen: { increment: counts.seen },
      inserted: { increment: counts.inserted },
      refreshed: { increment: counts.refreshed },
      unchanged: { increment: counts.unchanged },
      skipped: { increment: counts.skipped },
    },
  })
}

export async function setSourcesDone(tx: Tx, runId: string, sourcesDone: number): Promise<void> {
  await tx.syncRun.updateMany({ where: { id: runId }, data: { sourcesDone } })
}

/** The run goes on at `retryAt`; its token stays sealed until then. */
export async function markSyncRunWaiting(
  tx: Tx,
  runId: string,
  wait: { failureKind: SyncFailure; retryAt: Date },
): Promise<void> {
  await tx.syncRun.updateMany({ where: { id: runId, state: { in: OPEN_STATES } }, data: { state: 'waiting', ...wait } })
}

/**
 * The run waits for the end of a pause: no failure, and no token meanwhile. Its day begins anew when it goes on, and so do
 * its sources, each down to its watermark.
 */
export async function markSyncRunPaused(tx: Tx, runId: string, retryAt: Date): Promise<void> {
  await tx.syncRun.updateMany({
    where: { id: runId, state: { in: OPEN_STATES } },
    data: { state: 'waiting', failureKind: null, retryAt, tokenSealed: null, startedAt: null },
  })
}

/** Runs of the university that a pause of a platform holds back: those that wait and did not fail. */
export async function listPausedRuns(
  tx: Tx,
  of: { universityId: string; platform: Platform },
): Promise<{ id: string; accountId: string; personId: string }[]> {
  return tx.syncRun.findMany({
    where: { universityId: of.universityId, state: 'waiting', failureKind: null, account: { platform: of.platform } },
    select: { id: true, accountId: true, personId: true },
  })
}

/** The run ends and its token is destroyed; false when it had ended before. */
export async function finishSyncRun(
  tx: Tx,
  runId: string,
  end: { state: 'done' | 'failed'; finishedAt: Date; failureKind: RunFailure | null },
): Promise<boolean> {
  const { count } = await tx.syncRun.updateMany({
    where: { id: runId, state: { in: OPEN_STATES } },
    data: { ...end, tokenSealed: null, retryAt: null },
  })
  return count === 1
}

export type LostRun = {
  id: string
  accountId: string
  personId: string
  universityId: string
  platform: Platform
  tokenSealed: string | null
}

const lostRun = z.object({
  id: z.string(),
  accountId: z.string(),
  personId: z.string(),
  universityId: z.string(),
  platform: z.enum(PLATFORMS),
  tokenSealed: z.string().nullable(),
})

/** Ends open runs, whoever's they are, for which no job is left and nothing happened since. Their tokens leave the table. */
export async function endLostSyncRuns(lostBefore: Date, maxRows: number): Promise<LostRun[]> {
  const rows = await database().$queryRaw<unknown[]>`
    select run_id::text as id, run_account_id::text as "accountId", run_person_id::text as "personId",
           run_university_id::text as "universityId", run_platform as platform, run_token as "tokenSealed"
      from end_lost_sync_runs(${lostBefore}::timestamptz, ${maxRows}::int)`
  return z.array(lostRun).parse(rows)
}

/**
 * Gives a run that waits a fresh token of the person and lets it go on now: queue its job anew in the same transaction.
 * False when it has one already, or is under way.
 */
export async function giveSyncRunToken(tx: Tx, runId: string, tokenSealed: string): Promise<boolean> {
  const { count } = await tx.syncRun.updateMany({
    where: { id: runId, state: { in: ['queued', 'waiting'] }, tokenSealed: null },
    data: { tokenSealed, state: 'queued', retryAt: null, failureKind: null },
  })
  return count === 1
}

/** Writes down records that could not be used, after those of earlier pages. */
export async function addSyncSkips(
  tx: Tx,
  run: { id: string; personId: string },
  skips: readonly { reference: string; reason: string }[],
): Promise<void> {
  if (skips.length === 0) return
  const known = await tx.syncSkip.count({ where: { runId: run.id } })
  await tx.syncSkip.createMany({
    data: skips.map(({ reference, reason }, index) => ({
      runId: run.id,
      personId: run.personId,
      ordinal: known + index + 1,
      reference: reference.slice(0, 300),
      reason,
    })),
  })
}

/** Skipped records of a run, in the order they were met. */
export async function listSyncSkips(
  tx: Tx,
  runId: string,
  page: { afterOrdinal: number; limit: number },
): Promise<{ ordinal: number; reference: string; reason: string }[]> {
  return tx.syncSkip.findMany({
    where: { runId, ordinal: { gt: page.afterOrdinal } },
    orderBy: { ordinal: 'asc' },
    take: page.limit,
    select: { ordinal: true, reference: true, reason: true },
  })
}

/** What the last run of each account that reported something skipped. */
export async function listLatestSkips(
  tx: Tx,
  accountIds: readonly string[],
): Promise<{ accountId: string; reference: string }[]> {
  if (accountIds.length === 0) return []
  return tx.$queryRaw<{ accountId: string; reference: string }[]>`
    select r.account_id::text as "accountId", s.reference
      from unnest(${[...accountIds]}::uuid[]) as a(id)
     cross join lateral (select id, account_id from sync_run where account_id = a.id order by requested_at desc limit 1) r
      join sync_skip s on s.run_id = r.id`
}

type StoredRun = Omit<SyncRun, 'trigger' | 'state' | 'failureKind'> & {
  trigger: string
  state: string
  failureKind: string | null
}

function toSyncRun(row: StoredRun): SyncRun {
  return {
    ...row,
    trigger: oneOf(SYNC_TRIGGERS, row.trigger),
    state: oneOf(SYNC_RUN_STATES, row.state),
    failureKind: row.failureKind === null ? null : oneOf(RUN_FAILURES, row.failureKind),
  }
}
