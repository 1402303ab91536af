import type { Platform } from '@/lib/domain/platform'

export const SYNC_TRIGGERS = ['link', 'refresh', 'nightly', 'backfill', 'operator'] as const
export type SyncTrigger = (typeof SYNC_TRIGGERS)[number]

export const SYNC_RUN_STATES = ['queued', 'running', 'waiting', 'done', 'failed'] as const
export type SyncRunState = (typeof SYNC_RUN_STATES)[number]

export const SYNC_FAILURES = [
  'rate_limited',
  'sign_in_expired',
  'not_found',
  'unavailable',
  'unexpected_answer',
] as const
export type SyncFailure = (typeof SYNC_FAILURES)[number]

/** One sync of one account, and how far it is. */
export type SyncRunView = {
  id: string
  accountId: string
  trigger: SyncTrigger
  state: SyncRunState
  requestedAt: Date
  startedAt: Date | null
  finishedAt: Date | null
  sourcesTotal: number
  sourcesDone: number
  pages: number
  seen: number
  inserted: number
  refreshed: number
  unchanged: number
  skipped: number
  failureKind: SyncFailure | null
  /** When it goes on by itself; set while waiting. */
  retryAt: Date | null
}

export type SyncSkipView = { reference: string; reason: string }

export const FRESHNESS = ['never', 'syncing', 'fresh', 'stale', 'failed'] as const
export type Freshness = (typeof FRESHNESS)[number]

/** Where one linked account stands, for every screen that shows contributions. */
export type SyncStatus = {
  accountId: string
  platform: Platform
  login: string
  unlinkedAt: Date | null
  /** When every source was last read to its end. */
  syncedAt: Date | null
  freshness: Freshness
  latestRun: SyncRunView | null
  /** The first skipped records of the latest run, with their reasons. */
  skips: readonly SyncSkipView[]
}
