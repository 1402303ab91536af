import { recordAuditEvents } from '@/lib/db/audit-events'
import { type CohortReading, type HiddenAccount, recordCohortReadings } from '@/lib/db/cohort-accounts'
import { addCohortProgress, type CohortPass } from '@/lib/db/cohort-passes'
import { lookForCopies } from '@/lib/db/look-for-copies'
import { addNotification } from '@/lib/db/notifications'
import { type Tx, withScope } from '@/lib/db/scope'
import type { SystemActor } from '@/lib/domain/actor'
import type { CompletedPullRequest } from '@/lib/platforms/port'
import { writeFacts } from './apply-ingest'
import type { CohortFinds } from './cohort-read'
import type { CohortSession } from './cohort-scan'

/** Rows of one transaction: enough that its fixed cost is small, few enough that nobody waits for it. */
const ROWS_AT_ONCE = 500

type Account = CohortFinds['accounts'][number]
type Written = { actor: SystemActor; pass: CohortPass; now: Date }

/**
 * Writes a stretch, a few hundred rows a transaction. An account's rows and its watermark are one transaction: after a
 * crash it is either read or to be read again, which changes nothing that is there. How far the night is moves last.
 */
export async function writeFinds(
  session: CohortSession,
  { accounts, rules }: CohortFinds,
  stretch: Written & { lastMemberId: string },
): Promise<void> {
  const groups = groupsOf(accounts)
  for (const [at, group] of groups.entries()) {
    const isLast = at === groups.length - 1
    await withScope(
      { universityId: session.universityId },
      async (tx) => {
        const write = group.flatMap((account) => account.write)
        if (write.length > 0) {
          await writeFacts(tx, { write, unchanged: [], skipped: [], rules }, stretch.now)
          const added = group.filter(({ reading }) => reading.inserted > 0).flatMap((account) => account.write)
          await lookForCopies(tx, session.platform.platform, added.map(authorOf))
        }
        await report(tx, session, { group, afterMemberId: isLast ? stretch.lastMemberId : null, ...stretch })
      },
      { timeoutSeconds: 120 },
    )
  }
}

function authorOf({ pullRequest }: CompletedPullRequest): string | null {
  return pullRequest.authorPlatformUserId
}

/** Always at least one, so that a stretch in which nobody was due moves on too. */
function groupsOf(accounts: readonly Account[]): Account[][] {
  const groups: Account[][] = [[]]
  let rows = 0
  for (const account of accounts) {
    if (rows > 0 && rows + account.write.length > ROWS_AT_ONCE) {
      groups.push([])
      rows = 0
    }
    groups.at(-1)?.push(account)
    rows += account.write.length
  }
  return groups
}

type Report = Written & { group: readonly Account[]; afterMemberId: string | null }

async function report(tx: Tx, session: CohortSession, input: Report): Promise<void> {
  const { actor, pass, now, group, afterMemberId } = input
  const { universityId, source } = session
  const readings = group.map(({ reading }) => reading)
  const hidden = await recordCohortReadings(tx, readings, { source, at: now })
  await tellHidden(tx, { universityId, hidden, now })
  await recordAuditEvents(
    tx,
    readings.flatMap((reading) => eventOf(reading, { actor, now, universityId })),
  )
  const sum = (of: (reading: CohortReading) => number) => readings.reduce((total, reading) => total + of(reading), 0)
  await addCohortProgress(tx, pass, {
    afterMemberId,
    batchSize: session.size.size,
    allowance: session.allowance,
    accounts: readings.length,
    changedAccounts: sum(({ inserted, refreshed }) => (inserted + refreshed > 0 ? 1 : 0)),
    hiddenAccounts: sum(({ visibility }) => (visibility === 'private' || visibility === 'suspended' ? 1 : 0)),
    inserted: sum(({ inserted }) => inserted),
    refreshed: sum(({ refreshed }) => refreshed),
    skipped: sum(({ skips }) => skips.length),
  })
}

/** Once, when it becomes so: the account's page says it as long as it lasts. */
async function tellHidden(
  tx: Tx,
  { universityId, hidden, now }: { universityId: string; hidden: readonly HiddenAccount[]; now: Date },
): Promise<void> {
  for (const { memberId, platform, login, visibility } of hidden) {
    const failureKind = visibility === 'private' ? 'profile_private' : 'account_suspended'
    const data = { platform, login, failureKind }
    await addNotification(tx, { universityId, memberId, code: 'sync_needs_you', data, createdAt: now })
  }
}

function eventOf(reading: CohortReading, of: { actor: SystemActor; now: Date; universityId: string }) {
  const { accountId, runId, inserted, refreshed, skips } = reading
  if (runId === null) return []
  return [
    {
      actor: of.actor,
      action: 'sync.finished' as const,
      subject: { kind: 'account' as const, id: accountId },
      data: { accountId, runId, inserted, refreshed, skipped: skips.length },
      occurredAt: of.now,
      universityId: of.universityId,
    },
  ]
}
