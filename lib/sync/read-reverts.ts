import { listLandedInRepository } from '@/lib/db/contributions'
import { type Tx, withScope } from '@/lib/db/scope'
import type { SyncSourceRow } from '@/lib/db/sync-sources'
import { eventOfCommit } from '@/lib/domain/revert-chain'
import type { CommitSeen, CompletedPullRequest } from '@/lib/platforms/port'
import type { SyncSession } from './sync-source'
import { reconsider } from './take-back'

const OVERLAP_MS = 86_400_000

type Place = { session: SyncSession; source: SyncSourceRow }

/**
 * Commits that take something back, where the platform's pull requests do not show it: asked for with a pass's last page,
 * the first time from the oldest landing on, then from the last pass on. Asks nothing where nothing of the account landed.
 * @param write what the last page brings
 */
export async function listReverting(
  place: Place,
  write: readonly CompletedPullRequest[],
): Promise<readonly CommitSeen[]> {
  const { run, platform, credential } = place.session
  const { source, completedAt } = place.source
  const scope = { universityId: run.universityId, personId: run.personId }
  const stored = await withScope(scope, (tx) => listLandedInRepository(tx, keyOf(place)))
  const landed = [
    ...stored.map(({ landedAt, baseBranch }) => ({ at: landedAt, baseBranch })),
    ...write.map(({ pullRequest: { mergedAt, baseBranch } }) => ({ at: mergedAt, baseBranch })),
  ].flatMap(({ at, baseBranch }) => (at === null ? [] : [{ at: at.getTime(), baseBranch }]))
  if (landed.length === 0) return []
  const isFirst = completedAt === null || run.trigger === 'backfill'
  const since = isFirst ? Math.min(...landed.map(({ at }) => at)) : completedAt.getTime() - OVERLAP_MS
  const branches = [...new Set(landed.map(({ baseBranch }) => baseBranch))]
  const commits = await platform.listRevertingCommits({ source, branches, since: new Date(since), credential })
  return commits ?? []
}

/**
 * Takes back what stands as landed and one of the commits reverts, and brings back what one of them lands again, within the
 * caller's transaction; claims are warned.
 */
export async function takeBackByCommits(tx: Tx, place: Place, commits: readonly CommitSeen[]): Promise<void> {
  if (commits.length === 0) return
  const key = keyOf(place)
  const events = commits.map((commit) => eventOfCommit(commit, key.fullNameKey))
  for (const row of await listLandedInRepository(tx, key)) await reconsider(tx, row, events)
}

function keyOf({ session: { platform, account }, source: { source } }: Place) {
  const fullNameKey = source.slice(source.indexOf(':') + 1).toLowerCase()
  return { platform: platform.platform, platformUserId: account.platformUserId, fullNameKey }
}
