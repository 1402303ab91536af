import { listIndexedNumbers } from '@/lib/db/indexed-pull-requests'
import {
  completeRepositoryPass,
  forgetRepositoryCursor,
  type RepositoryPassRow,
  saveRepositoryCursor,
} from '@/lib/db/repository-passes'
import { saveRepositorySkips } from '@/lib/db/repository-skips'
import { withScope } from '@/lib/db/scope'
import { isPlatformError, PlatformError } from '@/lib/platforms/platform-error'
import type { PullRequestPage, PullRequestSeen, RepositorySeen, SkippedRecord } from '@/lib/platforms/port'
import { assertNotPaused } from './pause'
import { planRepositoryPage } from './plan-repository-page'
import { writeRepositoryPage } from './repository-page'
import { readRepositoryReverts, takeBackInRepository } from './repository-reverts'
import type { RepositorySession } from './repository-session'
import { SyncStopped } from './sync-source'

type Pass = { cursor: string | null; startedAt: Date; watermarkAt: Date | null; untilUpdatedAt: Date | null }

/** A pass older than this may have turned pages that show other records by now. */
const PASS_MAX_AGE_MS = 86_400_000

/**
 * Reads one repository newest first, down to its watermark, a transaction a page. The watermark moves only with the last
 * page of a pass, to what was newest when it began; one that was broken off goes on at its cursor, and then what came since
 * is read as well. One request where nothing is new.
 */
export async function readRepository(session: RepositorySession, row: RepositoryPassRow): Promise<void> {
  const { passCursor, passStartedAt, passWatermarkAt, watermarkAt } = row
  const isYoung = passStartedAt !== null && session.now().getTime() - passStartedAt.getTime() <= PASS_MAX_AGE_MS
  const first = { cursor: null, startedAt: session.now(), watermarkAt: null, untilUpdatedAt: watermarkAt }
  if (passCursor === null || !isYoung) {
    await readPass(session, row, first)
    return
  }
  const goesOn = {
    cursor: passCursor,
    startedAt: passStartedAt,
    watermarkAt: passWatermarkAt,
    untilUpdatedAt: watermarkAt,
  }
  const readTo = await readPass(session, row, goesOn)
  await readPass(session, { ...row, watermarkAt: readTo }, { ...first, untilUpdatedAt: readTo })
}

/** Page by page to the end; what the watermark is then. */
async function readPass(session: RepositorySession, row: RepositoryPassRow, first: Pass): Promise<Date | null> {
  let pass = first
  let known: RepositorySeen | null = null
  let hasNews = false
  for (;;) {
    if (session.signal.aborted) throw new SyncStopped()
    await assertNotPaused({ universityId: session.universityId, platform: session.platform.platform })
    const listed = await askForPage(session, row, pass)
    const isNew = await bringsNews(listed, row)
    // What a list says of its repository is short: the rest is asked once, and only where something is new.
    if (isNew && known === null) known = await getRepository(session, listed.items)
    hasNews ||= isNew
    const items = known === null ? [] : listed.items.map((item) => ({ ...item, repository: known ?? item.repository }))
    const watermarkAt = pass.cursor === null ? newestOf(listed.items, row.watermarkAt) : pass.watermarkAt
    const next = listed.nextCursor === null ? null : { ...pass, cursor: listed.nextCursor, watermarkAt }
    await writePage(session, row, { items, skipped: listed.skipped, pass, next, watermarkAt, hasNews })
    if (next === null) return watermarkAt
    pass = next
  }
}

/** A cursor that the platform does not take any more begins the pass anew; what was read is there and changes nothing. */
async function askForPage(session: RepositorySession, row: RepositoryPassRow, pass: Pass): Promise<PullRequestPage> {
  const { platform, credential } = session
  const ask = (cursor: string | null) =>
    platform.listRepositoryPullRequests({ source: row.source, credential, cursor, untilUpdatedAt: pass.untilUpdatedAt })
  try {
    return await ask(pass.cursor)
  } catch (error) {
    if (pass.cursor === null || !isPlatformError(error, 'unexpected_answer')) throw error
    const key = { platform: platform.platform, sourceKey: row.sourceKey }
    await withScope({}, (tx) => forgetRepositoryCursor(tx, key))
    pass.cursor = null
    pass.watermarkAt = null
    return ask(null)
  }
}

/** Something that changed since the watermark, or that nobody saw yet: what was merged late may stand further down. */
async function bringsNews(
  { items }: PullRequestPage,
  { watermarkAt, repositoryId }: RepositoryPassRow,
): Promise<boolean> {
  if (items.some(({ updatedAt }) => watermarkAt === null || updatedAt > watermarkAt)) return true
  if (items.length === 0) return false
  if (repositoryId === null) return true
  const ofSomebody = items.filter(({ authorPlatformUserId }) => authorPlatformUserId !== null)
  const numbers = ofSomebody.map(({ number }) => number)
  const known = await withScope({}, (tx) => listIndexedNumbers(tx, repositoryId, numbers))
  return numbers.some((number) => !known.has(number))
}

async function getRepository(
  { platform, credential }: RepositorySession,
  items: readonly PullRequestSeen[],
): Promise<RepositorySeen | null> {
  const [first] = items
  if (first === undefined) return null
  const { owner, name } = first.repository
  const found = await platform.findRepository({ owner, name, credential })
  if (found === null) throw new PlatformError({ platform: platform.platform, kind: 'not_found', note: 'repository' })
  return found
}

type PageInput = {
  /** Empty where nothing is new. */
  items: readonly PullRequestSeen[]
  /** Told of on whatever page they stand: they come with no time, so nothing says whether they are new. */
  skipped: readonly SkippedRecord[]
  pass: Pass
  next: Pass | null
  watermarkAt: Date | null
  hasNews: boolean
}

async function writePage(session: RepositorySession, row: RepositoryPassRow, input: PageInput): Promise<void> {
  const { items, skipped, pass, next, watermarkAt, hasNews } = input
  const key = { platform: session.platform.platform, sourceKey: row.sourceKey }
  const page = await planRepositoryPage(session, items)
  const reverts = next === null && hasNews ? await readRepositoryReverts(session, row) : null
  await withScope({ universityId: session.universityId }, async (tx) => {
    const repositoryId = await writeRepositoryPage(tx, session, page)
    if (reverts !== null) await takeBackInRepository(tx, row, reverts.commits)
    await saveRepositorySkips(tx, { ...key, seenAt: session.now() }, skipped)
    const cursor = next?.cursor ?? null
    if (cursor !== null) {
      await saveRepositoryCursor(tx, key, { cursor, startedAt: pass.startedAt, watermarkAt, repositoryId })
    } else {
      const revertsReadAt = reverts?.readAt ?? null
      await completeRepositoryPass(tx, key, { watermarkAt, completedAt: session.now(), revertsReadAt, repositoryId })
    }
  })
}

function newestOf(items: readonly PullRequestSeen[], before: Date | null): Date | null {
  return items.reduce<Date | null>(
    (newest, { updatedAt }) => (newest === null || updatedAt > newest ? updatedAt : newest),
    before,
  )
}
