import { findLinkedAccount, type LinkedAccountRow, listLinkedAccounts } from '@/lib/db/linked-accounts'
import { type Tx, withScope } from '@/lib/db/scope'
import { listSyncPauses, type SyncPauseRow } from '@/lib/db/sync-pauses'
import { listSyncRunsOf, listSyncSkips } from '@/lib/db/sync-runs'
import { listSyncSources } from '@/lib/db/sync-sources'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { encodeMoment, parseMoment } from '@/lib/domain/moment-position'
import { assertCan } from '@/lib/domain/permissions'
import type { SyncRun } from '@/lib/domain/sync'
import { freshnessOf } from './freshness'
import type { SyncRunView, SyncSkipView, SyncStatus } from './view'

const SKIPS_SHOWN = 50
const RUNS_A_PAGE = 20

/** Where each of the actor's own linked accounts stands; the unlinked ones too, since their contributions stay. */
export async function listSyncStatuses(actor: MemberActor, deps = { now: new Date() }): Promise<SyncStatus[]> {
  assertCan(actor, 'sync.view', { ownerPersonId: actor.personId, universityId: actor.universityId })
  const { personId, universityId } = actor
  return withScope({ personId, universityId }, async (tx) => {
    const accounts = await listLinkedAccounts(tx, personId)
    const pauses = await listSyncPauses(tx, universityId)
    const statuses: SyncStatus[] = []
    for (const account of accounts) statuses.push(await statusOf(tx, account, { now: deps.now, pauses }))
    return statuses
  })
}

/**
 * Where one of the actor's accounts stands.
 * @throws AppError not_found `account_not_found`, also for somebody else's
 */
export async function getSyncStatus(
  actor: MemberActor,
  input: { accountId: string },
  deps = { now: new Date() },
): Promise<SyncStatus> {
  assertCan(actor, 'sync.view', { ownerPersonId: actor.personId, universityId: actor.universityId })
  const { personId, universityId } = actor
  return withScope({ personId, universityId }, async (tx) => {
    const account = await getOwnAccount(tx, actor, input.accountId)
    return statusOf(tx, account, { now: deps.now, pauses: await listSyncPauses(tx, universityId) })
  })
}

/** The syncs of one of the actor's accounts, newest first. */
export async function listSyncRuns(
  actor: MemberActor,
  input: { accountId: string; cursor?: string | null },
): Promise<{ items: SyncRunView[]; nextCursor: string | null }> {
  assertCan(actor, 'sync.view', { ownerPersonId: actor.personId, universityId: actor.universityId })
  const place = parseMoment(input.cursor)
  const before = place && { requestedAt: place.at, id: place.id }
  return withScope({ personId: actor.personId }, async (tx) => {
    const account = await getOwnAccount(tx, actor, input.accountId)
    const rows = await listSyncRunsOf(tx, account.id, { before, limit: RUNS_A_PAGE + 1 })
    const items = rows.slice(0, RUNS_A_PAGE)
    const last = rows.length > RUNS_A_PAGE ? items.at(-1) : undefined
    return {
      items: items.map(toView),
      nextCursor: last ? encodeMoment({ at: last.requestedAt, id: last.id }) : null,
    }
  })
}

/** Records that one of the actor's syncs skipped, with the reason of each. */
export async function listSkippedRecords(
  actor: MemberActor,
  input: { accountId: string; runId: string; afterOrdinal?: number },
): Promise<(SyncSkipView & { ordinal: number })[]> {
  assertCan(actor, 'sync.view', { ownerPersonId: actor.personId, universityId: actor.universityId })
  return withScope({ personId: actor.personId }, async (tx) => {
    await getOwnAccount(tx, actor, input.accountId)
    return listSyncSkips(tx, input.runId, { afterOrdinal: input.afterOrdinal ?? 0, limit: SKIPS_SHOWN })
  })
}

async function getOwnAccount(tx: Tx, actor: MemberActor, accountId: string): Promise<LinkedAccountRow> {
  const account = await findLinkedAccount(tx, accountId)
  if (account?.personId !== actor.personId) throw new AppError('not_found', 'account_not_found')
  return account
}

type Seen = { now: Date; pauses: readonly SyncPauseRow[] }

async function statusOf(tx: Tx, account: LinkedAccountRow, { now, pauses }: Seen): Promise<SyncStatus> {
  const pause = pauses.find(({ platform }) => platform === account.platform)
  const [latestRun = null] = await listSyncRunsOf(tx, account.id, { before: null, limit: 1 })
  const sources = await listSyncSources(tx, account.id)
  return {
    accountId: account.id,
    platform: account.platform,
    login: account.login,
    unlinkedAt: account.unlinkedAt,
    syncedAt: account.syncedAt,
    freshness: freshnessOf(account.syncedAt, latestRun, now),
    latestRun: latestRun && toView(latestRun),
    skips: latestRun ? await listSyncSkips(tx, latestRun.id, { afterOrdinal: 0, limit: SKIPS_SHOWN }) : [],
    failedSources: sources.flatMap(({ source, failureKind, failedAt }) =>
      failureKind !== null && failedAt !== null ? [{ source, failureKind, failedAt }] : [],
    ),
    pause: pause
      ? { reason: pause.reason, pausedAt: pause.pausedAt, byOperator: pause.pausedByMemberId === null }
      : null,
  }
}

function toView({ personId: _person, universityId: _university, ...run }: SyncRun): SyncRunView {
  return run
}
