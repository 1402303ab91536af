import { type CohortMemberRow, listCohort } from '@/lib/db/cohort-accounts'
import { type CohortPass, finishCohortPass, markCohortWaiting, openCohortPass } from '@/lib/db/cohort-passes'
import { withScope } from '@/lib/db/scope'
import { isSyncPaused } from '@/lib/db/sync-pauses'
import type { SystemActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import type { Platform } from '@/lib/domain/platform'
import { isPlatformError, PlatformError } from '@/lib/platforms/platform-error'
import { createPlatforms } from '@/lib/platforms/registry'
import { enqueue } from '@/lib/queue/enqueue'
import { type CohortFinds, readFinds } from './cohort-read'
import { type CohortSession, scanCohort } from './cohort-scan'
import { writeFinds } from './cohort-write'
import { openUniversityCredential } from './open-credential'
import { SyncPaused } from './pause'
import { requestSync } from './request-sync'
import { retryTime } from './retry-time'
import type { RunSyncDeps } from './run-sync'
import { saveAllowance } from './save-allowance'
import { SyncStopped } from './sync-source'

/** Members that are looked at together: their new pull requests share requests. */
const STRETCH = 1000
/** Who was read less than this ago is not read again tonight. */
const FRESH_MS = 12 * 3_600_000
/** After this a turn ends and queues the next: a job that a crash sends back to its beginning should be short. */
const TURN_MS = 120_000

/** Accounts that show nothing are looked at closer a few at a time: each is a question of its own. */
const LOOKS_A_TURN = 5

/** How a night stands when its job ends. `waiting` and `goes_on` continue by a job of their own. */
export type SyncCohortOutcome = 'done' | 'failed' | 'waiting' | 'goes_on' | 'paused'

export type SyncCohortInput = { universityId: string; platform: Platform }
type Context = { actor: SystemActor; pass: CohortPass; session: CohortSession; deadlineMs: number }

/**
 * Reads all accounts that a university's active members have on one platform, many a request, with the university's own
 * credential and its own allowance. From wherever an earlier turn was broken off.
 */
export async function syncCohort(
  actor: SystemActor,
  input: SyncCohortInput,
  deps: RunSyncDeps & { stretch?: number } = {},
): Promise<SyncCohortOutcome> {
  const { universityId } = input
  assertCan(actor, 'sync.run', { universityId })
  const now = deps.now ?? (() => new Date())
  const platform = (deps.platforms ?? createPlatforms())[input.platform]
  if (platform.sync !== 'by_cohort') throw new Error(`${input.platform} is not read in cohorts`)
  const start = { ...input, batchSize: platform.cohortLimits.accounts, startedAt: now() }
  if (await withScope({ universityId }, (tx) => isSyncPaused(tx, input))) return 'paused'
  const pass = await withScope({ universityId }, (tx) => openCohortPass(tx, start))
  const signal = deps.signal ?? new AbortController().signal
  let session: CohortSession | null = null
  try {
    const credential = await openUniversityCredential(universityId, input.platform)
    const [source] = await platform.listSources({ catalog: { repositories: [], owners: [] }, credential })
    if (source === undefined) throw new PlatformError({ platform: input.platform, kind: 'unexpected_answer' })
    const size = { size: pass.batchSize, calm: 0 }
    session = {
      universityId,
      platform,
      credential,
      source,
      signal,
      now,
      size,
      allowance: null,
      looksLeft: LOOKS_A_TURN,
    }
    const deadlineMs = Date.now() + TURN_MS
    return await readStretches(
      { actor: { ...actor, universityId }, pass, session, deadlineMs },
      deps.stretch ?? STRETCH,
    )
  } catch (error) {
    // The pass stays open where it is: whoever goes on queues its next turn.
    if (error instanceof SyncPaused) return 'paused'
    if (error instanceof SyncStopped || (isPlatformError(error) && signal.aborted)) return goOn(input)
    if (!isPlatformError(error)) throw error
    return settleFailure({ pass, input, now: now(), batchSize: session?.size.size ?? pass.batchSize }, error)
  } finally {
    if (session !== null) await saveAllowance(universityId, input.platform, session.credential)
  }
}

/**
 * While one stretch is written the next is read: the platform answers, and the database works, at the same time. They are
 * written one after the other, so that how far the night is never runs ahead of what is there.
 */
async function readStretches(context: Context, stretch: number): Promise<SyncCohortOutcome> {
  const { pass, session } = context
  let afterMemberId = pass.afterMemberId
  let written: Promise<void> = Promise.resolve()
  try {
    for (;;) {
      if (session.signal.aborted) throw new SyncStopped()
      const next = await readStretch(context, { afterMemberId, limit: stretch })
      await written
      if (next === null) return await finish(context)
      afterMemberId = next.lastMemberId
      written = writeStretch(context, next)
      // Whatever became of it is asked for below; until then it is nobody's unhandled failure.
      written.catch(() => undefined)
      if (Date.now() <= context.deadlineMs) continue
      await written
      return await goOn({ universityId: pass.universityId, platform: session.platform.platform })
    }
  } catch (error) {
    // What was read is kept, whatever broke off the next.
    await written
    throw error
  }
}

type Stretch = { lastMemberId: string; finds: CohortFinds; apart: readonly CohortMemberRow[]; readAt: Date }

/** @returns what the next members' accounts show, or null when there was nobody left */
async function readStretch(
  { pass, session }: Context,
  page: { afterMemberId: string | null; limit: number },
): Promise<Stretch | null> {
  const { universityId, source, platform } = session
  const readAt = session.now()
  const { lastMemberId, members } = await withScope({ universityId }, (tx) =>
    listCohort(tx, {
      ...page,
      universityId,
      platform: platform.platform,
      source,
      // Nobody is due again because the night grew long.
      syncedBefore: new Date(pass.startedAt.getTime() - FRESH_MS),
    }),
  )
  if (lastMemberId === null) return null
  const { scanned, apart } = await scanCohort(session, members)
  return { lastMemberId, finds: await readFinds(session, scanned), apart, readAt }
}

async function writeStretch({ actor, pass, session }: Context, stretch: Stretch): Promise<void> {
  const { lastMemberId, finds, apart, readAt: now } = stretch
  await writeFinds(session, finds, { actor, pass, now, lastMemberId })
  for (const { accountId, personId } of apart) {
    await requestSync(actor, { accountId, personId, trigger: 'nightly' }, { now })
  }
}

async function finish({ pass, session }: Context): Promise<SyncCohortOutcome> {
  const end = { state: 'done' as const, finishedAt: session.now(), failureKind: null }
  await withScope({ universityId: pass.universityId }, (tx) => finishCohortPass(tx, pass, end))
  return 'done'
}

async function goOn(input: SyncCohortInput): Promise<SyncCohortOutcome> {
  await withScope({ universityId: input.universityId }, (tx) => enqueue(tx, 'sync-cohort', input))
  return 'goes_on'
}

type Failure = { pass: CohortPass; input: SyncCohortInput; now: Date; batchSize: number }

/** A limit or a platform that is down: the night goes on by itself. What only people can mend ends it, and says so. */
async function settleFailure(failure: Failure, error: PlatformError): Promise<SyncCohortOutcome> {
  const { pass, input, now, batchSize } = failure
  const retryAt = retryTime(error, { startedAt: pass.startedAt, now })
  return withScope({ universityId: pass.universityId }, async (tx) => {
    if (retryAt === null) {
      await finishCohortPass(tx, pass, { state: 'failed', finishedAt: now, failureKind: error.kind })
      return 'failed'
    }
    await markCohortWaiting(tx, pass, { failureKind: error.kind, retryAt, batchSize })
    await enqueue(tx, 'sync-cohort', input, retryAt)
    return 'waiting'
  })
}
