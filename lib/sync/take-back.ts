import {
  type ContributionInput,
  type ContributionRow,
  listContributionsByNumber,
  listLandedByTitle,
  listTouchedByReverts,
  saveLanding,
} from '@/lib/db/contributions'
import type { Tx } from '@/lib/db/scope'
import { withReverts } from '@/lib/domain/landing'
import { findRevertedTitle } from '@/lib/domain/revert'
import { followReverts, REVERTED_BY, type RevertEvent } from '@/lib/domain/revert-chain'
import type { WarningCode } from '@/lib/domain/warnings'
import { enqueue } from '@/lib/queue/enqueue'
import { eventsOfReverting, eventsOfStored } from './revert-events'
import { landingOf } from './to-contribution'

/**
 * A landed change that says it reverts others takes back the stored ones that it names by number or quotes by title; where
 * it names a revert, it brings back what that one took.
 */
export async function takeBackReverted(tx: Tx, row: ContributionInput): Promise<void> {
  const at = row.landing.landedAt
  if (at === null || row.landing.state === 'not_landed') return
  const numbers = Array.isArray(row.reverts) ? row.reverts : []
  const { number, landing } = row
  const event = { number, commitSha: landing.commitSha, at, numbers, commits: [] }
  // A revert that was itself taken back is known to have been, and takes nothing.
  const isUndone = landing.state === 'reverted'
  const { targets, between } = await findTargets(tx, row, { at, numbers })
  for (const target of targets) {
    const quoted = numbers.length === 0 ? [target.number] : numbers
    const news = isUndone ? undoOf(event) : { ...event, numbers: quoted }
    await reconsider(tx, target, [...between, news])
  }
}

/** Something that took the event back, at no time that matters. */
function undoOf({ number, commitSha, at }: RevertEvent): RevertEvent {
  return {
    number: null,
    commitSha: null,
    at,
    numbers: number === null ? [] : [number],
    commits: commitSha === null ? [] : [commitSha],
  }
}

/** What it bears on, and the stored changes that stand between: reverts that it names, by all that they are known by. */
type Targets = { targets: readonly ContributionRow[]; between: readonly RevertEvent[] }

async function findTargets(
  tx: Tx,
  row: ContributionInput,
  { at, numbers }: { at: Date; numbers: readonly number[] },
): Promise<Targets> {
  const { repositoryId, landing } = row
  const isUndone = landing.state === 'reverted'
  if (numbers.length === 0) {
    const title = findRevertedTitle(row.title)
    const quoted = title === null ? [] : await listLandedByTitle(tx, { repositoryId, title, before: at })
    return { targets: quoted.length === 1 ? quoted : [], between: [] }
  }
  const places = numbers.map((number) => ({ repositoryId, number }))
  const named = await listContributionsByNumber(tx, places)
  const others = named.filter((one) => one.number !== row.number)
  const itself = isUndone ? [`#${row.number}`, ...(landing.commitSha === null ? [] : [landing.commitSha])] : []
  const names = [
    ...numbers.map((number) => `#${number}`),
    ...others.flatMap((one) => one.landedCommitSha ?? []),
    ...itself,
  ]
  const touched = await listTouchedByReverts(tx, repositoryId, names)
  const targets = new Map([...others, ...touched].map((one) => [one.id, one]))
  return {
    targets: [...targets.values()].filter((one) => one.number !== row.number),
    between: others.flatMap(eventsOfReverting),
  }
}

/**
 * Judges anew whether a stored landing stands, by what is remembered of its reverts and by new events. Where that changes
 * anything it is written, and live claims that hold it are warned.
 */
export async function reconsider(tx: Tx, row: ContributionRow, events: readonly RevertEvent[]): Promise<void> {
  if (row.landingState === 'not_landed' || row.landedAt === null) return
  const landing = landingOf(row)
  // A label that says "reverted" is the repository's own word; only the repository lands it again.
  if (landing.state === 'reverted' && !landing.proof.some(({ fact }) => fact === REVERTED_BY)) return
  const target = { number: row.number, commitSha: row.landedCommitSha, landedAt: row.landedAt }
  const after = withReverts(landing, followReverts(target, [...eventsOfStored(row), ...events]))
  if (JSON.stringify(after) === JSON.stringify(landing)) return
  const isSaved = await saveLanding(tx, row, after)
  if (isSaved && after.state !== landing.state) await warnClaims(tx, row.id, 'reverted')
}

/** Claims that hold the contribution are looked at again by a job, once this is committed. */
export async function warnClaims(
  tx: Tx,
  contributionId: string,
  code: Extract<WarningCode, 'reverted' | 'duplicate_work' | 'claimed_whole'>,
): Promise<void> {
  await enqueue(tx, 'warn-claims', { contributionId, code })
}
