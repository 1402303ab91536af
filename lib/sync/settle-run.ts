import { recordAuditEvent } from '@/lib/db/audit-events'
import { markAccountSynced } from '@/lib/db/linked-accounts'
import { findMemberOfPerson } from '@/lib/db/members-sign-in'
import { addNotification } from '@/lib/db/notifications'
import { withScope } from '@/lib/db/scope'
import { findSyncRun, finishSyncRun, markSyncRunPaused, markSyncRunWaiting } from '@/lib/db/sync-runs'
import type { SystemActor } from '@/lib/domain/actor'
import type { Platform } from '@/lib/domain/platform'
import type { RunFailure, SyncFailure, SyncRun } from '@/lib/domain/sync'
import { enqueue } from '@/lib/queue/enqueue'
import { PAUSE_LOOK_MS } from './pause'

/** The run goes on later, by a job of its own: nothing is held meanwhile. */
export async function waitWithRun(run: SyncRun, wait: { failureKind: SyncFailure; retryAt: Date }): Promise<void> {
  const { accountId, personId } = run
  await withScope({ personId }, async (tx) => {
    await markSyncRunWaiting(tx, run.id, wait)
    await enqueue(tx, 'sync-account', { runId: run.id, accountId, personId }, wait.retryAt)
  })
}

/**
 * The university paused the platform. The run goes on when somebody says so (see resume-sync.ts), with the university's
 * credential: a person's token would lie here for as long as the pause lasts, so it is destroyed.
 */
export async function pauseRun(run: SyncRun, now: Date): Promise<void> {
  const { accountId, personId } = run
  const retryAt = new Date(now.getTime() + PAUSE_LOOK_MS)
  await withScope({ personId }, async (tx) => {
    await markSyncRunPaused(tx, run.id, retryAt)
    await enqueue(tx, 'sync-account', { runId: run.id, accountId, personId }, retryAt)
  })
}

/** The worker stops: another one takes the run up at once, where this one left it. */
export async function goOnWithRun(run: SyncRun, now: Date): Promise<void> {
  const { accountId, personId } = run
  await withScope({ personId }, (tx) => enqueue(tx, 'sync-account', { runId: run.id, accountId, personId }, now))
}

/**
 * Every source was read to its end. The token is destroyed with the same statement that ends the run.
 * @param syncedAt since when everything of the account is known; earlier than now where nights read some of it
 */
export async function completeRun(
  actor: SystemActor,
  run: SyncRun,
  { now, syncedAt }: { now: Date; syncedAt: Date },
): Promise<void> {
  const { universityId, personId, accountId } = run
  await withScope({ universityId, personId }, async (tx) => {
    if (!(await finishSyncRun(tx, run.id, { state: 'done', finishedAt: now, failureKind: null }))) return
    await markAccountSynced(tx, accountId, syncedAt)
    const report = await findSyncRun(tx, run.id)
    if ((report?.inserted ?? 0) > 0) await enqueue(tx, 'find-copies', { universityId, personId })
    await recordAuditEvent(tx, {
      actor,
      action: 'sync.finished',
      subject: { kind: 'account', id: accountId },
      data: {
        accountId,
        runId: run.id,
        inserted: report?.inserted ?? 0,
        refreshed: report?.refreshed ?? 0,
        skipped: report?.skipped ?? 0,
      },
      occurredAt: now,
      universityId,
    })
  })
}

/** Nobody but the owner of the account can do anything about these. */
const NEEDS_OWNER: readonly RunFailure[] = ['sign_in_expired', 'ask_again']

export type FailedRun = { failureKind: RunFailure; account: { platform: Platform; login: string } }

/** The run gives up: its token is destroyed, the screen shows why, and who must act is told. */
export async function failRun(actor: SystemActor, run: SyncRun, failure: FailedRun & { now: Date }): Promise<void> {
  const { universityId, personId, accountId } = run
  const { failureKind, account, now } = failure
  await withScope({ universityId, personId }, async (tx) => {
    if (!(await finishSyncRun(tx, run.id, { state: 'failed', finishedAt: now, failureKind }))) return
    const member = await findMemberOfPerson(tx, { universityId, personId })
    if (member !== null && NEEDS_OWNER.includes(failureKind)) {
      const data = { platform: account.platform, login: account.login, failureKind }
      await addNotification(tx, { universityId, memberId: member.id, code: 'sync_needs_you', data, createdAt: now })
    }
    await recordAuditEvent(tx, {
      actor,
      action: 'sync.failed',
      subject: { kind: 'account', id: accountId },
      data: { accountId, runId: run.id, failureKind },
      occurredAt: now,
      universityId,
    })
  })
}
