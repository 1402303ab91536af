import { type ContributionRow, listLandedReverts } from '@/lib/db/contributions'
import type { Tx } from '@/lib/db/scope'
import { type RevertEvent, rememberedEvents } from '@/lib/domain/revert-chain'
import { landingOf } from './to-contribution'

/** Reverts of reverts of reverts … are followed so far in what is stored. */
const MAX_ROUNDS = 5

type Place = { repositoryId: string; number: number }

/** The stored events that may bear on a pull request: all of its repository's that were found. */
export type RevertsOf = (place: Place) => readonly RevertEvent[]

/** What is remembered of a stored contribution's own reverts. */
export function eventsOfStored(row: ContributionRow): RevertEvent[] {
  return rememberedEvents({ number: row.number, landedAt: row.landedAt, proof: landingOf(row).proof })
}

/** A stored landed change as one that reverts others, and what is remembered of its own reverts. */
export function eventsOfReverting(row: ContributionRow): RevertEvent[] {
  if (row.landedAt === null) return []
  const { number, landedCommitSha: commitSha, landedAt: at, reverts: numbers } = row
  return [{ number, commitSha, at, numbers, commits: [] }, ...eventsOfStored(row)]
}

/**
 * Stored contributions that say they revert what is given, that revert those, and so on: what the platform does not list at
 * a pull request may be stored as one itself.
 * @param about pull requests with the events that are known of them already
 */
export async function readReverts(
  tx: Tx,
  about: readonly (Place & { events: readonly RevertEvent[] })[],
): Promise<RevertsOf> {
  const found = new Map<string, RevertEvent[]>()
  const asked = new Set<string>()
  const keyOf = ({ repositoryId, number }: Place) => `${repositoryId}#${number}`
  let next: Place[] = about.flatMap(({ repositoryId, number, events }) => [
    { repositoryId, number },
    ...events.flatMap((event) => (event.number === null ? [] : [{ repositoryId, number: event.number }])),
  ])
  for (let round = 0; round < MAX_ROUNDS && next.length > 0; round += 1) {
    for (const place of next) asked.add(keyOf(place))
    const rows = await listLandedReverts(tx, next)
    for (const row of rows) {
      found.set(row.repositoryId, [...(found.get(row.repositoryId) ?? []), ...eventsOfReverting(row)])
    }
    next = rows.filter((row) => !asked.has(keyOf(row)))
  }
  return ({ repositoryId, number }) => (found.get(repositoryId) ?? []).filter((event) => event.number !== number)
}
