import type { Platform } from '@/lib/domain/platform'
import type { RunFailure, SyncFailure, SyncRun } from '@/lib/domain/sync'

/** A run as its owner may see it. */
export type SyncRunView = Omit<SyncRun, 'personId' | 'universityId'>

export type SyncSkipView = { reference: string; reason: string }

/** A source that could not be read to its end, and why. */
export type SyncSourceFailureView = { source: string; failureKind: string; failedAt: Date }

const FRESHNESS = ['never', 'syncing', 'fresh', 'stale', 'failed'] as const
export type Freshness = (typeof FRESHNESS)[number]

/** The university does not have this platform read for now. */
export type SyncPauseView = { reason: string; pausedAt: Date; byOperator: boolean }

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
  pause: SyncPauseView | null
}

/** What the platform said last of the university's own credential, in one pool. */
export type AllowanceView = {
  pool: string
  total: number | null
  remaining: number
  resetsAt: Date | null
  toldAt: Date
}

/** How the syncs of one platform do at a university. */
export type PlatformHealth = {
  platform: Platform
  /** Whether the university has a credential of its own: without one, nights read nothing by themselves. */
  isConnected: boolean
  pause: SyncPauseView | null
  allowances: readonly AllowanceView[]
  /** Jobs: ready for a worker, under way, waiting for a time, given up. */
  queue: { due: number; running: number; later: number; givenUp: number; nextAt: Date | null }
  failures: readonly { failureKind: RunFailure; runs: number; accounts: number; lastAt: Date }[]
  failedNights: readonly { failureKind: SyncFailure; nights: number; lastAt: Date }[]
  accounts: { linked: number; neverRead: number; hidden: number; oldestAt: Date | null }
  /** Null where a platform is read account by account. */
  repositories: {
    catalogued: number
    known: number
    neverRead: number
    gone: number
    unreadable: number
    oldestAt: Date | null
  } | null
  skipped: number
  failedAccounts: readonly FailedAccountView[]
  hasMoreFailed: boolean
}

export type FailedAccountView = {
  accountId: string
  memberId: string
  memberName: string
  login: string
  failureKind: RunFailure | null
  failedAt: Date
}

export type SyncHealth = { platforms: readonly PlatformHealth[]; days: number; timeZone: string }

/** A record that could not be used: on an account's list, or in a repository of the catalog. */
export type SkippedRecordView = { id: string; reference: string; reason: string; at: Date; login: string | null }
