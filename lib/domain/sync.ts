/** Why a sync was asked for. */
export const SYNC_TRIGGERS = ['link', 'refresh', 'nightly', 'backfill', 'admin', 'operator'] as const
export type SyncTrigger = (typeof SYNC_TRIGGERS)[number]

/** `waiting` is a run that goes on by itself at a later time; `done` and `failed` are ends. */
export const SYNC_RUN_STATES = ['queued', 'running', 'waiting', 'done', 'failed'] as const
export type SyncRunState = (typeof SYNC_RUN_STATES)[number]

/** How a platform failed, as a sync reports it. */
export const SYNC_FAILURES = [
  'rate_limited',
  'sign_in_expired',
  'not_found',
  'unavailable',
  'unexpected_answer',
] as const
export type SyncFailure = (typeof SYNC_FAILURES)[number]

/**
 * Why a run ended without being done: as the platform failed, or `ask_again`: a pause took the person's token, the university
 * has no credential, and so only a new sign-in goes on.
 */
export const RUN_FAILURES = [...SYNC_FAILURES, 'ask_again'] as const
export type RunFailure = (typeof RUN_FAILURES)[number]

/** One sync of one account, and how far it is. */
export type SyncRun = {
  id: string
  accountId: string
  personId: string
  universityId: string
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
  failureKind: RunFailure | null
  /** When it goes on by itself; set while waiting. */
  retryAt: Date | null
}

/** What one page added to a run's report. */
export type SyncCounts = Pick<SyncRun, 'seen' | 'inserted' | 'refreshed' | 'unchanged' | 'skipped'>

/**
 * What others than its owner see of an account. `private`: a profile whose contributions only its owner's token shows;
 * `suspended`: the platform shows nobody the account (suspended, deleted). Both look like "nothing new" and are not: the
 * owner is asked for one click. `unknown`: nothing was ever seen of it, and nobody looked closer yet.
 */
export const ACCOUNT_VISIBILITIES = ['unknown', 'visible', 'private', 'suspended'] as const
export type AccountVisibility = (typeof ACCOUNT_VISIBILITIES)[number]

/** Where a night's reading of a university's accounts stands. */
export const COHORT_STATES = ['running', 'waiting', 'done', 'failed'] as const
export type CohortState = (typeof COHORT_STATES)[number]
