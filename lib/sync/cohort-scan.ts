import type { CohortMemberRow } from '@/lib/db/cohort-accounts'
import { isPlatformError } from '@/lib/platforms/platform-error'
import type {
  Allowance,
  CohortAnswer,
  CohortPlace,
  Credential,
  PlatformPort,
  PullRequestGlimpse,
  SkippedRecord,
} from '@/lib/platforms/port'
import { askInBatches } from './ask-in-batches'
import { type BatchSize, fullBatch } from './batch-size'
import { assertNotPaused } from './pause'

/** All that reading a university's accounts needs; nothing of it is kept longer than the turn. */
export type CohortSession = {
  universityId: string
  platform: Extract<PlatformPort, { sync: 'by_cohort' }>
  credential: Credential
  /** As the platform names the list of all that an account wrote. */
  source: string
  signal: AbortSignal
  now: () => Date
  /** How many accounts to ask about at once: what was learned of it goes on from turn to turn. */
  size: BatchSize
  allowance: Allowance
  /** How many accounts without anything may still be looked at closer: search allows few questions. */
  looksLeft: number
}

/** What a scan made of one account. */
export type Scanned = {
  member: CohortMemberRow
  sight: CohortAnswer['sight']
  named: CohortAnswer['named']
  glimpses: readonly PullRequestGlimpse[]
  skipped: readonly SkippedRecord[]
}

export type Scan = {
  scanned: Scanned[]
  /** Too much to read beside others: each is read by a run of its own. */
  apart: CohortMemberRow[]
}

/** More than this is read page by page in a run of its own, which a crash does not send back to its beginning. */
const MOST_OF_ONE = 500
type Reading = { member: CohortMemberRow; answers: CohortAnswer[]; cursor: string | null }

/** Reads many accounts down to their watermarks: all at once as far as one page goes, then those that have more. */
export async function scanCohort(session: CohortSession, members: readonly CohortMemberRow[]): Promise<Scan> {
  const apart: CohortMemberRow[] = []
  const done: Reading[] = []
  let open: Reading[] = members.map((member) => ({ member, answers: [], cursor: null }))
  while (open.length > 0) {
    const { read, tooMuch } = await readPages(session, open)
    apart.push(...tooMuch)
    open = []
    for (const reading of read) {
      if (reading.cursor === null) done.push(reading)
      else if (glimpsesOf(reading).length >= MOST_OF_ONE) apart.push(reading.member)
      else open.push(reading)
    }
  }
  return { scanned: await lookCloser(session, done.map(toScanned)), apart }
}

/** One more page of each. */
async function readPages(
  session: CohortSession,
  open: readonly Reading[],
): Promise<{ read: Reading[]; tooMuch: CohortMemberRow[] }> {
  const { platform, credential, signal } = session
  const { accounts, deepAccounts } = platform.cohortLimits
  const isDeep = open.some(({ cursor }) => cursor !== null)
  const { answers, tooMuch, size } = await askInBatches({
    items: open,
    size: isDeep ? fullBatch(Math.min(session.size.size, deepAccounts)) : session.size,
    max: isDeep ? deepAccounts : accounts,
    signal,
    ask: async (batch) => {
      await assertNotPaused({ universityId: session.universityId, platform: platform.platform })
      return platform.scanCohort({ places: batch.map(toPlace), credential, signal })
    },
  })
  if (!isDeep) session.size = size
  session.allowance = answers.at(-1)?.allowance ?? session.allowance
  const answerOf = new Map(
    answers.flatMap((one) => one.answers.map((answer) => [answer.platformUserId, answer] as const)),
  )
  const read = open.flatMap((reading) => {
    const answer = answerOf.get(reading.member.platformUserId)
    if (answer === undefined) return []
    return [{ ...reading, answers: [...reading.answers, answer], cursor: answer.nextCursor }]
  })
  return { read, tooMuch: tooMuch.map(({ member }) => member) }
}

function toPlace({ member, cursor }: Reading): CohortPlace {
  const { platformUserId, nodeId, login, watermarkAt } = member
  return { account: { platformUserId, nodeId, login }, cursor, untilUpdatedAt: watermarkAt }
}

/** What moved while it was read stands on two pages: one of each is enough. */
function glimpsesOf({ answers }: Reading): PullRequestGlimpse[] {
  const all = answers.flatMap(({ glimpses }) => glimpses)
  return [...new Map(all.map((glimpse) => [glimpse.nodeId, glimpse])).values()]
}

function toScanned(reading: Reading): Scanned {
  const [first] = reading.answers
  return {
    member: reading.member,
    sight: first?.sight ?? 'suspended',
    named: first?.named ?? null,
    glimpses: glimpsesOf(reading),
    skipped: reading.answers.flatMap(({ skipped }) => skipped),
  }
}

/** A few of those that show nothing at all, and nobody knows yet whether there is something: one question each. */
async function lookCloser(session: CohortSession, scanned: Scanned[]): Promise<Scanned[]> {
  const { platform, credential, signal } = session
  const unclear = scanned.filter(({ sight, member }) => sight === 'unclear' && !member.isVisibilityKnown)
  const seen = new Map<Scanned, CohortAnswer['sight']>()
  for (const one of unclear.slice(0, session.looksLeft)) {
    session.looksLeft -= 1
    const { platformUserId, nodeId, login } = one.member
    const account = { platformUserId, nodeId, login: one.named?.login ?? login }
    try {
      seen.set(one, await platform.lookAtEmptyAccount({ account, credential, signal }))
    } catch (error) {
      // Not worth a wait: the next night looks again.
      if (!isPlatformError(error)) throw error
      break
    }
  }
  return scanned.map((one) => ({ ...one, sight: seen.get(one) ?? one.sight }))
}
