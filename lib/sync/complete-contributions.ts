import { type Incomplete, listIncomplete } from '@/lib/db/indexed-pull-requests'
import { lookForCopies } from '@/lib/db/look-for-copies'
import { withScope } from '@/lib/db/scope'
import { isSyncPaused } from '@/lib/db/sync-pauses'
import type { SystemActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { isPlatformError } from '@/lib/platforms/platform-error'
import type { CompletedPullRequest, Credential, PlatformPort } from '@/lib/platforms/port'
import { createPlatforms } from '@/lib/platforms/registry'
import type { JobPayload } from '@/lib/queue/jobs'
import { writeFacts } from './apply-ingest'
import { subjectOf } from './catalog-subject'
import { completePullRequests } from './complete-pull-requests'
import { readLandingRules } from './landing-rules'
import { openUniversityCredential } from './open-credential'
import { afterTold } from './retry-time'
import type { RunSyncDeps } from './run-sync'
import { saveAllowance } from './save-allowance'
import { toPullRequest } from './stored-pull-request'

export type CompleteOutcome = { completed: number; waitUntil: Date | null }

/**
 * Asks what a list left out of some contributions: those found in the index alone are read whole, of the others the commit,
 * the merger and the size. One is written before the next is asked, so that a limit takes nothing back.
 */
export async function completeContributions(
  actor: SystemActor,
  input: JobPayload<'complete-contributions'>,
  deps: RunSyncDeps = {},
): Promise<CompleteOutcome> {
  const { universityId, platform: name, repositoryId, numbers } = input
  assertCan(actor, 'sync.run', { universityId })
  const now = deps.now ?? (() => new Date())
  const platform = (deps.platforms ?? createPlatforms())[name]
  // The night after the pause asks again for what is still incomplete.
  if (await withScope({ universityId }, (tx) => isSyncPaused(tx, input))) return { completed: 0, waitUntil: null }
  const credential = await openUniversityCredential(universityId, name)
  if (credential.kind === 'anonymous') return { completed: 0, waitUntil: null }
  const of = { platform: name, mergedSince: null, repositoryId, numbers, limit: numbers.length }
  const incomplete = await withScope({}, (tx) => listIncomplete(tx, of))
  const session = { universityId, platform, credential, signal: deps.signal, now }
  try {
    return await completeAll(session, incomplete)
  } finally {
    await saveAllowance(universityId, name, credential)
  }
}

type Turn = Omit<Session, 'now'> & { signal: AbortSignal | undefined; now: () => Date }

async function completeAll(
  { signal, now, ...rest }: Turn,
  incomplete: readonly Incomplete[],
): Promise<CompleteOutcome> {
  let completed = 0
  for (const row of incomplete) {
    if (signal?.aborted) return { completed, waitUntil: now() }
    try {
      const isWritten = await completeOne({ ...rest, now: now() }, row)
      if (isWritten) completed += 1
    } catch (error) {
      if (!isPlatformError(error)) throw error
      if (error.kind === 'rate_limited')
        return { completed, waitUntil: afterTold(error.until ?? new Date(now().getTime() + 60_000)) }
      // Down, or its token ended: the next night asks again. One that is gone stays as it is.
      if (error.kind !== 'not_found' && error.kind !== 'unexpected_answer') return { completed, waitUntil: null }
    }
  }
  return { completed, waitUntil: null }
}

type Session = { universityId: string; platform: PlatformPort; credential: Credential; now: Date }

async function completeOne(session: Session, row: Incomplete): Promise<boolean> {
  const { universityId, platform, now } = session
  const found = await readOne(session, row)
  if (found === null) return false
  const rules = await withScope({ universityId }, (tx) => readLandingRules(tx, [subjectOf(found.pullRequest)]))
  await withScope({ universityId }, async (tx) => {
    await writeFacts(tx, { write: [found], unchanged: [], skipped: [], rules }, now)
    // The size, and at Gitee the diff, are known from here on.
    await lookForCopies(tx, platform.platform, [found.pullRequest.authorPlatformUserId])
  })
  return true
}

async function readOne(session: Session, row: Incomplete): Promise<CompletedPullRequest | null> {
  const { universityId, platform, credential } = session
  const { owner, name } = row.repository
  if (row.baseBranch === '') {
    const found = await platform.findPullRequest({ owner, name, number: row.number, credential })
    return found && { pullRequest: found, branchCommits: [] }
  }
  const pull = toPullRequest(row)
  const rules = await withScope({ universityId }, (tx) => readLandingRules(tx, [subjectOf(pull)]))
  const [completed] = await completePullRequests({ platform, credential }, [pull], rules)
  return completed ?? null
}
