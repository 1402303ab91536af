import { findLinkedAccount, type LinkedAccountRow, refreshAccountNames } from '@/lib/db/linked-accounts'
import { withScope } from '@/lib/db/scope'
import { findSyncRun, setSourcesDone, startSyncRun } from '@/lib/db/sync-runs'
import { addSyncSources, listSyncSources, markSyncSourceFailed, type SyncSourceRow } from '@/lib/db/sync-sources'
import type { SystemActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import type { RunFailure, SyncRun } from '@/lib/domain/sync'
import { isPlatformError, PlatformError } from '@/lib/platforms/platform-error'
import type { Credential } from '@/lib/platforms/port'
import { createPlatforms, type Platforms } from '@/lib/platforms/registry'
import { chooseSources } from './choose-sources'
import { matchIndex } from './match-index'
import { findPersonToken, openCredential } from './open-credential'
import { assertNotPaused, SyncPaused } from './pause'
import { reevaluateLandings } from './reevaluate-landings'
import { retryTime } from './retry-time'
import { saveAllowance } from './save-allowance'
import { completeRun, failRun, goOnWithRun, pauseRun, waitWithRun } from './settle-run'
import { type SyncSession, SyncStopped, syncSource } from './sync-source'

const DAY_MS = 86_400_000

export type RunSyncDeps = { now?: () => Date; platforms?: Platforms; signal?: AbortSignal }

/** How a run stands when its job ends. `waiting`, `stopped` and `paused` go on by a job of their own. */
export type RunSyncOutcome = 'done' | 'failed' | 'waiting' | 'stopped' | 'paused' | 'ended_before'

/**
 * Runs a sync that was asked for, from wherever an earlier try was broken off. The account's token is used here, and ends
 * here: it is revoked where the platform allows and destroyed, whether the run succeeds or fails for good.
 */
export async function runSync(
  actor: SystemActor,
  input: { runId: string; personId: string },
  deps: RunSyncDeps = {},
): Promise<RunSyncOutcome> {
  const now = deps.now ?? (() => new Date())
  const found = await findRun(input)
  if (found === null) return 'ended_before'
  const { run, account } = found
  assertCan(actor, 'sync.run', { universityId: run.universityId, ownerPersonId: run.personId })
  const platforms = deps.platforms ?? createPlatforms()
  const context: RunContext = {
    actor,
    run,
    account,
    platforms,
    now,
    signal: deps.signal ?? new AbortController().signal,
  }
  try {
    return await readAccount(context)
  } catch (error) {
    if (error instanceof SyncPaused) {
      await endToken(context)
      await pauseRun(run, now())
      return 'paused'
    }
    if (!isPlatformError(error) && !(error instanceof SyncStopped)) throw error
    // A request broken off because we stop is no fault of the platform's: nothing is waited for.
    if (error instanceof SyncStopped || context.signal.aborted) {
      await goOnWithRun(run, now())
      return 'stopped'
    }
    return settleFailure(context, error)
  }
}

type RunContext = {
  actor: SystemActor
  run: SyncRun
  account: LinkedAccountRow
  platforms: Platforms
  now: () => Date
  signal: AbortSignal
}

async function readAccount(context: RunContext): Promise<RunSyncOutcome> {
  const { run, account, now } = context
  if (account.unlinkedAt !== null) throw new PlatformError({ platform: account.platform, kind: 'not_found' })
  await assertNotPaused({ universityId: run.universityId, platform: account.platform })
  const platform = context.platforms[account.platform]
  // What the nights found before it was linked needs no asking, and is there whatever the platform says.
  if (platform.sync === 'by_repository') await matchIndex({ scope: run, account, now: now() })
  const credential = await openCredential(run, account.platform)
  // The pause destroyed the person's token, and the university has none: only a new sign-in goes on.
  if (credential.kind === 'anonymous' && wasPaused(run)) {
    await failRun(context.actor, run, { failureKind: 'ask_again', account, now: now() })
    return 'failed'
  }
  try {
    return await readWith(context, credential)
  } finally {
    await saveAllowance(run.universityId, account.platform, credential)
  }
}

/** Held back by a pause, a run waits without a failure. */
function wasPaused({ state, failureKind }: SyncRun): boolean {
  return state === 'waiting' && failureKind === null
}

async function readWith(context: RunContext, credential: Credential): Promise<RunSyncOutcome> {
  const { actor, run, account, now } = context
  const platform = context.platforms[account.platform]
  const named = await platform.resolveAccount({ account, credential })
  const { sources, readAt } = await chooseSources({ run, account, platform, credential, now: now() })
  const startedAt = run.startedAt ?? now()
  const rows = await begin(run, { sources, now: startedAt, named })
  const session: SyncSession = { run, account: named, platform, credential, signal: context.signal, now }
  const failure = await readSources(session, rows, startedAt)
  if (failure !== null) throw failure
  await withScope({ personId: run.personId }, (tx) => setSourcesDone(tx, run.id, rows.length))
  await reevaluateLandings({ run, account })
  await endToken(context)
  await completeRun(actor, run, { now: now(), syncedAt: readAt ?? now() })
  return 'done'
}

type Beginning = { sources: readonly string[]; now: Date; named: { login: string; nodeId: string | null } }

async function begin(run: SyncRun, { sources, now, named }: Beginning): Promise<SyncSourceRow[]> {
  const { universityId, personId, accountId } = run
  const wanted = new Set(sources)
  return withScope({ universityId, personId }, async (tx) => {
    await startSyncRun(tx, run.id, { now, sourcesTotal: sources.length })
    await refreshAccountNames(tx, accountId, named)
    await addSyncSources(tx, { accountId, personId }, sources)
    const rows = await listSyncSources(tx, accountId)
    return rows.filter(({ source }) => wanted.has(source))
  })
}

/**
 * Source by source. One that is not there or answers nonsense is noted and does not keep the others from being read;
 * a limit or a platform that is down ends the turn, since it would meet the next source as well.
 * @returns what the run fails with, or null when every source was read
 */
async function readSources(
  session: SyncSession,
  sources: readonly SyncSourceRow[],
  startedAt: Date,
): Promise<PlatformError | null> {
  const { run } = session
  let failure: PlatformError | null = null
  for (const [index, source] of sources.entries()) {
    const isRead = source.completedAt !== null && source.completedAt >= startedAt && source.passCursor === null
    if (!isRead && !isGone(source, run, session.now())) {
      const fault = await readSource(session, source, index + 1)
      const isOnlySource = sources.length === 1
      if (fault !== null && (fault.kind === 'unexpected_answer' || isOnlySource)) failure = fault
    }
  }
  return failure
}

/** Catalogued repositories that are not there any more are looked for once a week, and whenever everything is read anew. */
function isGone({ failureKind, failedAt }: SyncSourceRow, run: SyncRun, now: Date): boolean {
  if (failureKind !== 'not_found' || failedAt === null || run.trigger === 'backfill') return false
  return now.getTime() - failedAt.getTime() < 7 * DAY_MS
}

async function readSource(
  session: SyncSession,
  source: SyncSourceRow,
  sourcesDone: number,
): Promise<PlatformError | null> {
  const { accountId, personId, id } = session.run
  try {
    await syncSource(session, source, sourcesDone)
    return null
  } catch (error) {
    if (!isPlatformError(error) || (error.kind !== 'not_found' && error.kind !== 'unexpected_answer')) throw error
    const key = { accountId, personId, source: source.source }
    await withScope({ personId }, async (tx) => {
      await markSyncSourceFailed(tx, key, { failureKind: error.kind, failedAt: session.now() })
      await setSourcesDone(tx, id, sourcesDone)
    })
    return error
  }
}

/** The kind decides: wait, ask the student, give up. */
async function settleFailure(context: RunContext, error: PlatformError): Promise<RunSyncOutcome> {
  const { actor, run, account, now } = context
  const startedAt = run.startedAt ?? now()
  const retryAt = retryTime(error, { startedAt, now: now() })
  if (retryAt !== null) {
    await waitWithRun(run, { failureKind: error.kind, retryAt })
    return 'waiting'
  }
  await endToken(context)
  const failureKind: RunFailure = error.kind
  await failRun(actor, run, { failureKind, account, now: now() })
  return 'failed'
}

/** Best effort: the sealed copy is destroyed in any case, and a token of ours is worth little. */
async function endToken({ run, platforms, account }: Pick<RunContext, 'run' | 'platforms' | 'account'>): Promise<void> {
  try {
    const token = await findPersonToken(run, account.platform)
    if (token !== null) await platforms[account.platform].oauth.revoke(token)
  } catch (error) {
    if (!isPlatformError(error)) throw error
  }
}

/**
 * Ends a run whose job was tried as often as it may be: a fault of ours, which the screen must not show as "running" for
 * ever.
 */
export async function abandonSync(
  actor: SystemActor,
  input: { runId: string; personId: string },
  deps: RunSyncDeps = {},
): Promise<void> {
  const now = deps.now ?? (() => new Date())
  const found = await findRun(input)
  if (found === null) return
  assertCan(actor, 'sync.run', { universityId: found.run.universityId, ownerPersonId: found.run.personId })
  await endToken({ ...found, platforms: deps.platforms ?? createPlatforms() })
  await failRun(actor, found.run, { failureKind: 'unexpected_answer', account: found.account, now: now() })
}

async function findRun(input: { runId: string; personId: string }) {
  const found = await withScope({ personId: input.personId }, async (tx) => {
    const run = await findSyncRun(tx, input.runId)
    const account = run && (await findLinkedAccount(tx, run.accountId))
    return run && account && { run, account }
  })
  return found === null || found.run.state === 'done' || found.run.state === 'failed' ? null : found
}
