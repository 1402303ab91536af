import type { Platform } from '@/lib/domain/platform'
import type { SyncRun } from '@/lib/domain/sync'

/** A run as its owner may see it. */
export type SyncRunView = Omit<SyncRun, 'personId' | 'universityId'>

export type SyncSkipView = { reference: string; reason: string }

/** A source that could not be read to its end, and why. */
export type SyncSourceFailureView = { source: string; failureKind: string; failedAt: Date }

const FRESHNESS = ['never', 'syncing', 'fresh', 'stale', 'failed'] as const
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
  failedSources: readonly SyncSourceFailureView[]
}
