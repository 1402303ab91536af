import type { Platform } from '@/lib/domain/platform'
import { COHORT_STATES, type CohortState, type SyncFailure } from '@/lib/domain/sync'
import { oneOf } from './one-of'
import type { Tx } from './scope'

/** A night's reading of a university's accounts on one platform, and how far it is. */
export type CohortPass = {
  universityId: string
  id: string
  platform: string
  state: CohortState
  startedAt: Date
  finishedAt: Date | null
  afterMemberId: string | null
  batchSize: number
  accounts: number
  changedAccounts: number
  hiddenAccounts: number
  inserted: number
  refreshed: number
  skipped: number
  allowanceRemaining: number | null
  allowanceResetAt: Date | null
  failureKind: string | null
  retryAt: Date | null
}

const OPEN_STATES = ['running', 'waiting']

type PassKey = { universityId: string; id: string }

/** A pass older than this belongs to another night: whom it read is due again. */
const PASS_MAX_AGE_MS = 20 * 3_600_000

/** The pass that is under way, or a new one that begins now. */
export async function openCohortPass(
  tx: Tx,
  start: { universityId: string; platform: Platform; batchSize: number; startedAt: Date },
): Promise<CohortPass> {
  const { universityId, platform, startedAt } = start
  await tx.cohortPass.updateMany({
    where: {
      universityId,
      platform,
      state: { in: OPEN_STATES },
      startedAt: { lt: new Date(startedAt.getTime() - PASS_MAX_AGE_MS) },
    },
    data: { state: 'failed', finishedAt: startedAt, failureKind: 'unavailable', retryAt: null },
  })
  await tx.cohortPass.createMany({ data: start, skipDuplicates: true })
  const row = await tx.cohortPass.findFirstOrThrow({
    where: { universityId, platform, state: { in: OPEN_STATES } },
    orderBy: { startedAt: 'desc' },
  })
  return { ...row, state: oneOf(COHORT_STATES, row.state) }
}

/** What one stretch of accounts added, written with what was read of them. */
export type CohortProgress = {
  afterMemberId: string | null
  batchSize: number
  accounts: number
  changedAccounts: number
  hiddenAccounts: number
  inserted: number
  refreshed: number
  skipped: number
  allowance: { remaining: number; resetAt: Date } | null
}

export async function addCohortProgress(
  tx: Tx,
  { universityId, id }: PassKey,
  progress: CohortProgress,
): Promise<void> {
  const { afterMemberId, batchSize, allowance, ...counts } = progress
  await tx.cohortPass.updateMany({
    where: { universityId, id },
    data: {
      state: 'running',
      failureKind: null,
      retryAt: null,
      batchSize,
      ...(afterMemberId === null ? {} : { afterMemberId }),
      ...(allowance === null ? {} : { allowanceRemaining: allowance.remaining, allowanceResetAt: allowance.resetAt }),
      accounts: { increment: counts.accounts },
      changedAccounts: { increment: counts.changedAccounts },
      hiddenAccounts: { increment: counts.hiddenAccounts },
      inserted: { increment: counts.inserted },
      refreshed: { increment: counts.refreshed },
      skipped: { increment: counts.skipped },
    },
  })
}

/** It goes on by itself at `retryAt`. */
export async function markCohortWaiting(
  tx: Tx,
  { universityId, id }: PassKey,
  wait: { failureKind: SyncFailure; retryAt: Date; batchSize: number },
): Promise<void> {
  await tx.cohortPass.updateMany({
    where: { universityId, id, state: { in: OPEN_STATES } },
    data: { state: 'waiting', ...wait },
  })
}

/** False when it had ended before. */
export async function finishCohortPass(
  tx: Tx,
  { universityId, id }: PassKey,
  end: { state: 'done' | 'failed'; finishedAt: Date; failureKind: SyncFailure | null },
): Promise<boolean> {
  const { count } = await tx.cohortPass.updateMany({
    where: { universityId, id, state: { in: OPEN_STATES } },
    data: { ...end, retryAt: null },
  })
  return count === 1
}
