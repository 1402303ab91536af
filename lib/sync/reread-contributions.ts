import { type ContributionRow, listContributionsById, listContributionsByNumber } from '@/lib/db/contributions'
import { listCataloguedToReread, listClaimedToReread, type ToReread } from '@/lib/db/contributions-to-reread'
import { findOpenConnection } from '@/lib/db/open-connection'
import { findRepositoryIdsByPlatformId } from '@/lib/db/repositories'
import { type Tx, withScope } from '@/lib/db/scope'
import { isSyncPaused } from '@/lib/db/sync-pauses'
import type { SystemActor } from '@/lib/domain/actor'
import { MERGED } from '@/lib/domain/landing-rule'
import { assertCan } from '@/lib/domain/permissions'
import { eventOfCommit, REVERTED_BY } from '@/lib/domain/revert-chain'
import { isPlatformError, PlatformError } from '@/lib/platforms/platform-error'
import type { Credential, PlatformPort, PullRequestSeen } from '@/lib/platforms/port'
import { createPlatforms, type Platforms } from '@/lib/platforms/registry'
import { CONNECTION_KIND_OF, universityCredential } from '@/lib/platforms/university-credential'
import { enqueue } from '@/lib/queue/enqueue'
import type { JobPayload } from '@/lib/queue/jobs'
import { writeFacts } from './apply-ingest'
import { completePulls } from './complete-pulls'
import { type RulesByRepository, readLandingRules } from './landing-rules'
import { PAUSE_LOOK_MS } from './pause'
import { ingestKey, planIngest } from './plan-ingest'
import { rereadNamed } from './reread-named'
import { afterTold } from './retry-time'
import { subjectOfSeen } from './sync-source'
import { reconsider } from './take-back'
import { landingOf } from './to-contribution'

/** By node id a hundred are one request; by number each is several. */
const A_PAGE_TOGETHER = 100
const A_PAGE_ONE_BY_ONE = 20

const HOUR_MS = 3_600_000
const NIGHT_MS = 20 * HOUR_MS
const WEEK_MS = 6.5 * 24 * HOUR_MS
const RECENT_MS = 30 * 24 * HOUR_MS
const OVERLAP_MS = 24 * HOUR_MS
const SOON_MS = 15 * 60_000

type Input = JobPayload<'reread-contributions'>
export type RereadDeps = { now?: Date; platforms?: Platforms }
export type Reread = {
  read: number
  written: number
  status: 'done' | 'goes_on' | 'waits' | 'paused' | 'without_credential'
}

/**
 * Asks a platform again for contributions that are stored: what the university's decisions rest on, night after night, since
 * a revert moves no date at a pull request; and all of a repository whose landing rule was changed. One page, then the next
 * is queued; with the university's own credential, or not at all.
 */
export async function rereadContributions(
  actor: SystemActor,
  input: Input,
  { now = new Date(), platforms = createPlatforms() }: RereadDeps = {},
): Promise<Reread> {
  const { universityId } = input
  assertCan({ ...actor, universityId }, 'sync.run', { universityId })
  const platform = platforms[input.platform]
  if (await withScope({ universityId }, (tx) => putOffInPause(tx, input, now))) {
    return { read: 0, written: 0, status: 'paused' }
  }
  try {
    const credential = await findCredential(input)
    if (credential === null) return { read: 0, written: 0, status: 'without_credential' }
    const limit = platform.sync === 'by_cohort' ? A_PAGE_TOGETHER : A_PAGE_ONE_BY_ONE
    const rows = await withScope({ universityId }, (tx) => listPage(tx, input, { now, limit }))
    const written = await rereadRows({ platform, credential, input, now }, rows)
    const afterId = rows.length < limit ? null : (rows.at(-1)?.id ?? null)
    if (afterId === null) return { read: rows.length, written, status: 'done' }
    await withScope({ universityId }, (tx) => enqueue(tx, 'reread-contributions', { ...input, afterId }))
    return { read: rows.length, written, status: 'goes_on' }
  } catch (error) {
    if (!isPlatformError(error) || (error.kind !== 'rate_limited' && error.kind !== 'unavailable')) throw error
    const until = afterTold(error.until ?? new Date(now.getTime() + SOON_MS))
    await withScope({ universityId }, (tx) => enqueue(tx, 'reread-contributions', input, until))
    return { read: 0, written: 0, status: 'waits' }
  }
}

/** What claims rest on is read again every night; a changed line of the catalog asks once, so its job comes back. */
async function putOffInPause(tx: Tx, input: Input, now: Date): Promise<boolean> {
  if (!(await isSyncPaused(tx, input))) return false
  const until = new Date(now.getTime() + PAUSE_LOOK_MS)
  if (input.of.kind === 'catalog') await enqueue(tx, 'reread-contributions', input, until)
  return true
}

async function findCredential({ universityId, platform }: Input): Promise<Credential | null> {
  const kind = CONNECTION_KIND_OF[platform]
  const connection = await withScope({ universityId }, (tx) => findOpenConnection(tx, { universityId, kind }))
  return connection && universityCredential(platform, connection)
}

function listPage(tx: Tx, input: Input, { now, limit }: { now: Date; limit: number }): Promise<ToReread[]> {
  const { universityId, platform, afterId, of } = input
  const page = { universityId, platform, afterId, limit }
  const ago = (ms: number) => new Date(now.getTime() - ms)
  if (of.kind === 'catalog') return listCataloguedToReread(tx, { ...page, line: of.line })
  const times = { notSince: ago(NIGHT_MS), notSinceSettled: ago(WEEK_MS), recentSince: ago(RECENT_MS) }
  return listClaimedToReread(tx, { ...page, ...times })
}

type Context = { platform: PlatformPort; credential: Credential; input: Input; now: Date }

/** Pull requests together, what people added by address one by one. */
async function rereadRows(context: Context, rows: readonly ToReread[]): Promise<number> {
  const pulls = rows.filter(({ kind }) => kind === 'pull_request')
  const others = rows.filter(({ kind }) => kind !== 'pull_request')
  const written = pulls.length === 0 ? 0 : await rereadPage(context, pulls)
  return written + (await rereadNamed({ ...context, universityId: context.input.universityId }, others))
}

/** Everything is asked for outside any transaction; then all of the page is written in one. */
async function rereadPage(context: Context, rows: readonly ToReread[]): Promise<number> {
  const { platform, credential, input, now } = context
  const { universityId } = input
  const seen = await readAgain(context, rows)
  const { write, unchanged, rules } = await withScope({ universityId }, (tx) => plan(tx, context, seen))
  const completed = await completePulls(
    { platform, credential },
    write.map((pull) => ({
      pullRequest: pull,
      landingRules: rules.get(pull.repository.platformRepositoryId) ?? MERGED,
    })),
  )
  const reverting = await listReverting(context, rows)
  await withScope({ universityId }, async (tx) => {
    await writeFacts(tx, { write: completed, unchanged, skipped: [], rules }, now)
    for (const { ids, events } of reverting) {
      for (const row of await listContributionsById(tx, ids)) await reconsider(tx, row, events)
    }
  })
  return completed.length
}

/** By node id where the platform takes many at once, and fewer where they are too heavy; else one by one, by number. */
async function readAgain(context: Context, rows: readonly ToReread[]): Promise<PullRequestSeen[]> {
  const { platform, credential } = context
  if (platform.sync === 'by_cohort') {
    const nodeIds = rows.flatMap(({ nodeId }) => nodeId ?? [])
    try {
      const { items } = await platform.readPullRequests({ nodeIds, credential })
      return [...items]
    } catch (error) {
      if (!isPlatformError(error) || !error.isTooHeavy || rows.length < 2) throw error
      const middle = Math.ceil(rows.length / 2)
      return [...(await readAgain(context, rows.slice(0, middle))), ...(await readAgain(context, rows.slice(middle)))]
    }
  }
  const items: PullRequestSeen[] = []
  for (const { owner, name, number } of rows) {
    const found = await platform.findPullRequest({ owner, name, number, credential })
    if (found) items.push(found)
  }
  return items
}

type Planned = { write: PullRequestSeen[]; unchanged: { id: string }[]; rules: RulesByRepository }

/**
 * What is written: what changed, what lands otherwise, and what stands or fell by a revert, since what became of that is
 * shown at the revert. All of it where a landing rule was changed.
 */
async function plan(tx: Tx, { platform, input, now }: Context, seen: readonly PullRequestSeen[]): Promise<Planned> {
  const subjects = new Map(seen.map((item) => [item.repository.platformRepositoryId, subjectOfSeen(item)]))
  const rules = await readLandingRules(tx, [...subjects.values()])
  const ids = await findRepositoryIdsByPlatformId(tx, platform.platform, [...subjects.keys()])
  const stored = await listStored(tx, ids, seen)
  const { write, unchanged } = planIngest({
    seen,
    skipped: [],
    stored,
    rulesOf: (id) => rules.get(id) ?? MERGED,
    isBackfill: input.of.kind === 'catalog',
    now,
  })
  const bySource = new Map(seen.map((item) => [ingestKey(item.repository.platformRepositoryId, item.number), item]))
  const isKept = new Set(unchanged.filter((row) => !hangsOnRevert(row)).map(({ id }) => id))
  const again = [...stored].flatMap(([key, row]) => {
    const item = bySource.get(key)
    return item && unchanged.includes(row) && !isKept.has(row.id) ? [item] : []
  })
  return {
    write: [...write.map((one) => one.seen), ...again],
    unchanged: unchanged.filter(({ id }) => isKept.has(id)),
    rules,
  }
}

async function listStored(
  tx: Tx,
  ids: ReadonlyMap<string, string>,
  seen: readonly PullRequestSeen[],
): Promise<Map<string, ContributionRow>> {
  const wanted = seen.flatMap(({ repository, number }) => {
    const repositoryId = ids.get(repository.platformRepositoryId)
    return repositoryId === undefined ? [] : [{ repositoryId, number }]
  })
  const platformIds = new Map([...ids].map(([platformId, id]) => [id, platformId]))
  const rows = await listContributionsByNumber(tx, wanted)
  return new Map(rows.map((row) => [ingestKey(platformIds.get(row.repositoryId) ?? '', row.number), row]))
}

function hangsOnRevert(row: ContributionRow): boolean {
  return landingOf(row).proof.some(({ fact }) => fact === REVERTED_BY)
}

type Reverting = { ids: string[]; events: ReturnType<typeof eventOfCommit>[] }

/** Where pull requests do not show who reverts them: the commits of their branches since they were last read. */
async function listReverting({ platform, credential }: Context, rows: readonly ToReread[]): Promise<Reverting[]> {
  if (platform.sync === 'by_cohort') return []
  const found: Reverting[] = []
  for (const [fullName, own] of Map.groupBy(rows, ({ owner, name }) => `${owner}/${name}`)) {
    const oldest = Math.min(...own.map(({ refreshedAt }) => refreshedAt.getTime()))
    const commits = await platform
      .listRevertingCommits({
        source: `repository:${fullName}`,
        branches: [...new Set(own.map(({ baseBranch }) => baseBranch))],
        since: new Date(oldest - OVERLAP_MS),
        credential,
      })
      .catch((error: unknown) => {
        if (error instanceof PlatformError && error.kind === 'not_found') return null
        throw error
      })
    const events = (commits ?? []).map((commit) => eventOfCommit(commit, fullName))
    if (events.length > 0) found.push({ ids: own.map(({ id }) => id), events })
  }
  return found
}
