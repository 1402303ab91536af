import { listCopiesOf } from '@/lib/db/contributions'
import { findJointWorks } from '@/lib/db/joint-works'
import { listLinkedAccounts } from '@/lib/db/linked-accounts'
import { findOpenConnection } from '@/lib/db/open-connection'
import { type LandedContribution, listLandedContributions, savePatchId } from '@/lib/db/own-contributions'
import { type Tx, withScope } from '@/lib/db/scope'
import { listSyncPauses } from '@/lib/db/sync-pauses'
import { uniteWorks } from '@/lib/db/works'
import type { SystemActor } from '@/lib/domain/actor'
import { patchIdOfFiles } from '@/lib/domain/patch-id'
import { assertCan } from '@/lib/domain/permissions'
import type { Platform } from '@/lib/domain/platform'
import { findLikelyCopies } from '@/lib/domain/work'
import { isPlatformError } from '@/lib/platforms/platform-error'
import type { Credential } from '@/lib/platforms/port'
import { createPlatforms, type Platforms } from '@/lib/platforms/registry'
import { CONNECTION_KIND_OF, universityCredential } from '@/lib/platforms/university-credential'
import { enqueue } from '@/lib/queue/enqueue'
import { PAUSE_LOOK_MS } from './pause'
import { warnClaims } from './take-back'

/** A lifetime of contributions; of who has more, the newest. */
const MAX_CONTRIBUTIONS = 5_000
/** Diffs read in one turn; the rest in the next. */
const DIFFS_A_TURN = 50
const SOON_MS = 15 * 60_000

type Input = { universityId: string; personId: string }
export type FoundCopies = { read: number; united: number; status: 'done' | 'goes_on' | 'waits' }

/**
 * Makes one work of a person's contributions that are the same change, though no commit and no message says so: by git's
 * patch-id. Diffs are read only where contributions look alike, with the university's own credential; without one those of
 * claims are compared, whose diffs are in the evidence. Diffs of a platform that is paused are put off until it goes on.
 */
export async function findCopies(
  actor: SystemActor,
  input: Input,
  { now = new Date(), platforms = createPlatforms() }: { now?: Date; platforms?: Platforms } = {},
): Promise<FoundCopies> {
  const { universityId, personId } = input
  assertCan({ ...actor, universityId }, 'sync.run', { universityId, ownerPersonId: personId })
  const { contributions, paused } = await withScope({ universityId, personId }, async (tx) => ({
    contributions: await listOwn(tx, personId),
    paused: (await listSyncPauses(tx, universityId)).map(({ platform }) => platform),
  }))
  const alike = findLikelyCopies(contributions).filter(({ patchId, number }) => patchId === null && number !== null)
  const unread = alike.filter(({ platform }) => !paused.includes(platform))
  const turn = await readDiffs(unread.slice(0, DIFFS_A_TURN), { universityId, platforms })
  const united = await withScope({ universityId, personId }, async (tx) => {
    for (const { contributionId, patchId } of turn.read) await savePatchId(tx, contributionId, patchId)
    return uniteSame(tx, await listOwn(tx, personId))
  })
  const read = turn.read.length
  const goesOn = turn.failure === null && turn.isAll && unread.length > DIFFS_A_TURN && read > 0
  const isHeld = alike.length > unread.length
  if (turn.failure === null && !goesOn && !isHeld) return { read, united, status: 'done' }
  const until = goesOn ? now : (turn.failure?.until ?? later(now, turn.failure === null ? PAUSE_LOOK_MS : SOON_MS))
  await withScope({ universityId, personId }, (tx) => enqueue(tx, 'find-copies', input, until))
  return { read, united, status: goesOn ? 'goes_on' : 'waits' }
}

const later = (now: Date, ms: number): Date => new Date(now.getTime() + ms)

async function listOwn(tx: Tx, personId: string): Promise<LandedContribution[]> {
  return listLandedContributions(tx, await listLinkedAccounts(tx, personId), MAX_CONTRIBUTIONS)
}

type Turn = {
  read: { contributionId: string; patchId: string }[]
  /** False where some have no patch id: they would be read for ever. */
  isAll: boolean
  failure: { until: Date | null } | null
}

/** Outside any transaction. A limit or a platform that is down ends the turn; what was read until then is kept. */
async function readDiffs(
  contributions: readonly LandedContribution[],
  { universityId, platforms }: { universityId: string; platforms: Platforms },
): Promise<Turn> {
  const credentials = new Map<Platform, Credential | null>()
  const turn: Turn = { read: [], isAll: true, failure: null }
  for (const { contributionId, platform, owner, name, number } of contributions) {
    try {
      const credential = credentials.get(platform) ?? (await findCredential(universityId, platform))
      credentials.set(platform, credential)
      const listed =
        credential &&
        number !== null &&
        (await platforms[platform].listChangedFiles?.({ owner, name, number, credential }))
      const patchId = listed && !listed.isTruncated ? patchIdOfFiles(listed.files) : null
      if (patchId === null) turn.isAll = false
      else turn.read.push({ contributionId, patchId })
    } catch (error) {
      if (!isPlatformError(error)) throw error
      if (error.kind === 'rate_limited' || error.kind === 'unavailable') return { ...turn, failure: error }
      turn.isAll = false
    }
  }
  return turn
}

async function findCredential(universityId: string, platform: Platform): Promise<Credential | null> {
  const kind = CONNECTION_KIND_OF[platform]
  const connection = await withScope({ universityId }, (tx) => findOpenConnection(tx, { universityId, kind }))
  return connection && universityCredential(platform, connection)
}

/** Works of the person with the same change become one; claims that hold two of them are warned. */
async function uniteSame(tx: Tx, contributions: readonly LandedContribution[]): Promise<number> {
  const known = contributions.flatMap(({ patchId, workId }) => (patchId === null ? [] : [{ patchId, workId }]))
  let united = 0
  for (const group of Map.groupBy(known, ({ patchId }) => patchId).values()) {
    const workIds = [...new Set(group.map(({ workId }) => workId))]
    if (workIds.length < 2) continue
    for (const contributionId of await uniteWorks(tx, workIds)) await warnClaims(tx, contributionId, 'duplicate_work')
    await warnOfOthers(tx, workIds)
    united += workIds.length - 1
  }
  return united
}

/** What turned out to be a copy of what several wrote may be claimed whole. */
async function warnOfOthers(tx: Tx, workIds: readonly string[]): Promise<void> {
  for (const workId of (await findJointWorks(tx, workIds)).keys()) {
    for (const contributionId of await listCopiesOf(tx, workId)) await warnClaims(tx, contributionId, 'claimed_whole')
  }
}
