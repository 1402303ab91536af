import { listIncomplete } from '@/lib/db/indexed-pull-requests'
import {
  findRepositoryPass,
  listRepositoryPasses,
  markRepositoryFailed,
  type RepositoryPassRow,
  recordRepositoryNight,
} from '@/lib/db/repository-passes'
import { withScope } from '@/lib/db/scope'
import type { SystemActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import type { Platform } from '@/lib/domain/platform'
import { isPlatformError, type PlatformError } from '@/lib/platforms/platform-error'
import { ANONYMOUS, type Credential } from '@/lib/platforms/port'
import { createPlatforms } from '@/lib/platforms/registry'
import { enqueue } from '@/lib/queue/enqueue'
import { listCatalogSources } from './catalog-sources'
import { openUniversityCredential } from './open-credential'
import { assertNotPaused, SyncPaused } from './pause'
import { completionSince } from './plan-ingest'
import { readCatalog } from './read-catalog'
import { readRepository } from './repository-pass'
import type { RepositorySession } from './repository-session'
import { enqueueCompletion } from './request-completion'
import { retryTime } from './retry-time'
import type { RunSyncDeps } from './run-sync'
import { saveAllowance } from './save-allowance'
import { SyncStopped } from './sync-source'

/** What another university's night read less than this ago is not read again. */
const FRESH_MS = 12 * 3_600_000
/** Catalogued repositories that are not there any more are looked for once a week. */
const GONE_MS = 7 * 86_400_000
/** After this a turn ends and queues the next, so that no other university's night waits for it long. */
const TURN_MS = 120_000
/** Contributions of which something is asked for again a night. */
const INCOMPLETE_A_NIGHT = 500

/** How a night stands when its job ends. `waiting` and `goes_on` continue by a job of their own. */
export type SyncRepositoriesOutcome = 'done' | 'failed' | 'waiting' | 'goes_on' | 'no_credential' | 'paused'
export type SyncRepositoriesInput = { universityId: string; platform: Platform; startedAt: string }

/**
 * Reads every repository of a university's catalog on a platform once a night for everybody: what is read is public and
 * shared, so a repository that another university's night read is read already. The job of a platform runs alone, so that
 * two nights never read the same one.
 */
export async function syncRepositories(
  actor: SystemActor,
  input: SyncRepositoriesInput,
  deps: RunSyncDeps = {},
): Promise<SyncRepositoriesOutcome> {
  const { universityId } = input
  assertCan(actor, 'sync.run', { universityId })
  const now = deps.now ?? (() => new Date())
  const platform = (deps.platforms ?? createPlatforms())[input.platform]
  if (platform.sync !== 'by_repository') throw new Error(`${input.platform} is not read by repository`)
  const signal = deps.signal ?? new AbortController().signal
  let credential: Credential = ANONYMOUS
  try {
    await assertNotPaused(input)
    credential = await openUniversityCredential(universityId, input.platform)
    const session = { universityId, platform, credential, signal, now }
    return await readNight(session, input)
  } catch (error) {
    // Whoever goes on queues the night anew: what is read already is fresh, and each repository knows how far it is.
    if (error instanceof SyncPaused) return 'paused'
    if (error instanceof SyncStopped || (isPlatformError(error) && signal.aborted)) return goOn(input)
    if (!isPlatformError(error)) throw error
    return settleFailure(input, error, now())
  } finally {
    await saveAllowance(universityId, input.platform, credential)
  }
}

async function readNight(session: RepositorySession, input: SyncRepositoriesInput): Promise<SyncRepositoriesOutcome> {
  const { universityId, platform, credential, now } = session
  const deadlineMs = Date.now() + TURN_MS
  const catalog = await readCatalog({ universityId }, input.platform)
  const sources = await listCatalogSources({ platform, catalog, credential, now: now() })
  const passes = await withScope({}, (tx) => listRepositoryPasses(tx, input.platform, sources))
  const due = passes.filter((pass) => isDue(pass, now()))
  // Without a credential there are a few requests an hour: what others read is taken, the rest is left to them.
  if (due.length > 0 && credential.kind === 'anonymous') return 'no_credential'
  for (const pass of due) {
    if (session.signal.aborted) throw new SyncStopped()
    await readOne(session, pass)
    if (Date.now() > deadlineMs) return goOn(input)
  }
  await finishNight(session, { sources, isAnybodyAsked: credential.kind !== 'anonymous' })
  return 'done'
}

function isDue({ completedAt, passCursor, failureKind, failedAt }: RepositoryPassRow, now: Date): boolean {
  const isGone = failureKind === 'not_found' && failedAt !== null && now.getTime() - failedAt.getTime() < GONE_MS
  const isRead = completedAt !== null && passCursor === null && now.getTime() - completedAt.getTime() < FRESH_MS
  return !isGone && !isRead
}

/** One that is not there, or answers nonsense, is noted and holds up none of the others. */
async function readOne(session: RepositorySession, pass: RepositoryPassRow): Promise<void> {
  const key = { platform: session.platform.platform, sourceKey: pass.sourceKey }
  const row = await withScope({}, (tx) => findRepositoryPass(tx, key))
  if (row === null) return
  try {
    await readRepository(session, row)
  } catch (error) {
    if (!isPlatformError(error) || (error.kind !== 'not_found' && error.kind !== 'unexpected_answer')) throw error
    const failure = { failureKind: error.kind, failedAt: session.now() }
    await withScope({}, (tx) => markRepositoryFailed(tx, key, failure))
  }
}

/** The university's accounts are as fresh as the repository that was read longest ago; those that are gone do not count. */
async function finishNight(
  session: RepositorySession,
  { sources, isAnybodyAsked }: { sources: readonly string[]; isAnybodyAsked: boolean },
): Promise<void> {
  const { universityId, now } = session
  const platform = session.platform.platform
  const mergedSince = completionSince(now())
  await withScope({ universityId }, async (tx) => {
    const passes = await listRepositoryPasses(tx, platform, sources)
    const readAt = oldestOf(passes)
    if (readAt !== null) await recordRepositoryNight(tx, platform, readAt)
    if (!isAnybodyAsked) return
    const incomplete = await listIncomplete(tx, { platform, mergedSince, limit: INCOMPLETE_A_NIGHT })
    for (const [repositoryId, rows] of Map.groupBy(incomplete, (row) => row.repositoryId)) {
      await enqueueCompletion(tx, session, { repositoryId, numbers: rows.map(({ number }) => number) })
    }
  })
}

/** When the one that was read longest ago was read; null while one was never read. */
export function oldestOf(passes: readonly RepositoryPassRow[]): Date | null {
  const there = passes.filter(({ failureKind, completedAt }) => failureKind !== 'not_found' || completedAt !== null)
  const times = there.map(({ completedAt }) => completedAt?.getTime() ?? null)
  if (times.length === 0 || times.includes(null)) return null
  return new Date(Math.min(...times.flatMap((time) => time ?? [])))
}

async function goOn(input: SyncRepositoriesInput): Promise<SyncRepositoriesOutcome> {
  await withScope({ universityId: input.universityId }, (tx) => enqueue(tx, 'sync-repositories', input))
  return 'goes_on'
}

/** A limit or a platform that is down: the night goes on by itself. A token that ended is for people to mend. */
async function settleFailure(
  input: SyncRepositoriesInput,
  error: PlatformError,
  now: Date,
): Promise<SyncRepositoriesOutcome> {
  const retryAt = retryTime(error, { startedAt: new Date(input.startedAt), now })
  if (retryAt === null) return 'failed'
  await withScope({ universityId: input.universityId }, (tx) => enqueue(tx, 'sync-repositories', input, retryAt))
  return 'waiting'
}
