import type { LandingProof } from './contribution'
import { PLATFORM_TRAITS, type Platform } from './platform'
import { findOwnNumber, findRevertedCommits, findReverts } from './revert'

/** A landed change that says it takes others back, by pull request, by commit, or as both at once. */
export type RevertEvent = {
  /** Its own pull request in the repository, where it is one. */
  number: number | null
  /** Its own landed commit, full, where it is known. */
  commitSha: string | null
  at: Date
  /** What it reverts: numbers in the same repository … */
  numbers: readonly number[]
  /** … and commits, which may be abbreviated. */
  commits: readonly string[]
}

/** What the chain is followed for. */
export type RevertTarget = { number: number | null; commitSha: string | null; landedAt: Date | null }

/** What took a change back last, and what brought it back after that; both null for one that was never taken back. */
export type RevertVerdict = { revertedBy: RevertEvent | null; broughtBackBy: RevertEvent | null }

/**
 * Whether a landed change stands after everything that reverts it, that reverts those reverts, and so on. Events are
 * followed in order of time from the landing on: what names the change takes it back; while it is out, what names what took
 * it out brings it back, and the other way round. One act is often seen twice, as a pull request and as a commit in it,
 * which need not have the same sha: while a change is out, whatever else takes it out is the same act. The answer does not
 * depend on the order of the input.
 */
export function followReverts(target: RevertTarget, events: readonly RevertEvent[]): RevertVerdict {
  const later = events
    .filter(({ at }) => target.landedAt === null || at >= target.landedAt)
    .filter((event) => !isSameEvent(event, target))
  let takers: RevertEvent[] = []
  let bringers: RevertEvent[] = []
  let isOut = false
  for (const event of inOrder(withoutRepeats(later))) {
    const takes = names(event, target) || bringers.some((one) => names(event, one))
    const brings = takers.some((one) => names(event, one))
    if (isOut && brings) {
      isOut = false
      bringers = [event]
    } else if (isOut && takes) takers.push(event)
    else if (!isOut && brings) bringers.push(event)
    else if (!isOut && takes) {
      isOut = true
      takers = [event]
      bringers = []
    }
  }
  return { revertedBy: takers[0] ?? null, broughtBackBy: isOut ? null : (bringers[0] ?? null) }
}

/** The same act listed twice, with all that either says of it. */
function withoutRepeats(events: readonly RevertEvent[]): RevertEvent[] {
  let kept: RevertEvent[] = []
  for (const event of events) {
    const same = kept.filter((one) => isSameEvent(one, event))
    kept = [...kept.filter((one) => !same.includes(one)), [...same, event].reduce(together)]
  }
  return kept
}

function together(a: RevertEvent, b: RevertEvent): RevertEvent {
  return {
    number: a.number ?? b.number,
    commitSha: a.commitSha ?? b.commitSha,
    at: new Date(Math.max(a.at.getTime(), b.at.getTime())),
    numbers: [...new Set([...a.numbers, ...b.numbers])],
    commits: [...new Set([...a.commits, ...b.commits])],
  }
}

/** By time; but what reverts another came after it, whatever the clocks (and a remembered event without a time) say. */
function inOrder(events: readonly RevertEvent[]): RevertEvent[] {
  const timeOf = new Map(events.map((event) => [event, event.at.getTime()]))
  for (let round = 0; round < events.length; round += 1) {
    for (const event of events) {
      const named = events.filter((one) => one !== event && names(event, one)).map((one) => (timeOf.get(one) ?? 0) + 1)
      timeOf.set(event, Math.max(timeOf.get(event) ?? 0, ...named))
    }
  }
  const place = ({ number, commitSha }: RevertEvent) => `${number === null ? 1 : 0} ${number ?? ''} ${commitSha ?? ''}`
  return events.toSorted((a, b) => (timeOf.get(a) ?? 0) - (timeOf.get(b) ?? 0) || (place(a) < place(b) ? -1 : 1))
}

/** By sha as far as both are known; numbers are of one repository. */
function names(event: RevertEvent, target: Pick<RevertTarget, 'number' | 'commitSha'>): boolean {
  const { number, commitSha } = target
  return (
    (number !== null && event.numbers.includes(number)) ||
    (commitSha !== null && event.commits.some((sha) => commitSha.toLowerCase().startsWith(sha.toLowerCase())))
  )
}

/** Whether two are the same act, by number or by commit. */
export function isSameEvent(
  event: Pick<RevertTarget, 'number' | 'commitSha'>,
  other: Pick<RevertTarget, 'number' | 'commitSha'>,
): boolean {
  return (
    (event.number !== null && event.number === other.number) ||
    (event.commitSha !== null && event.commitSha === other.commitSha)
  )
}

/** How an event is called in the proof of a landing. */
export function nameOfEvent({ number, commitSha }: Pick<RevertEvent, 'number' | 'commitSha'>): string {
  return number === null ? (commitSha ?? '') : `#${number}`
}

/** That name as its platform writes it: Gitee and GitCode call `#12` of the proof `!12`. */
export function writtenAt(platform: Platform, nameOfEvent: string): string {
  return nameOfEvent.replace(/^#(?=\d+$)/, PLATFORM_TRAITS[platform].mark)
}

/** What took a landed change back, as its platform writes it; null where the proof does not say. */
export function takenBackBy({ platform, proof }: { platform: Platform; proof: LandingProof }): string | null {
  const by = proof.find(({ fact }) => fact === REVERTED_BY)
  return by ? writtenAt(platform, by.value) : null
}

/** Merged pull requests that a platform lists as reverting one, as events. */
export function eventsOfListed(
  number: number,
  listed: readonly { number: number; commitSha: string | null; mergedAt: Date }[],
): RevertEvent[] {
  return listed.map(({ mergedAt, ...revert }) => ({ ...revert, at: mergedAt, numbers: [number], commits: [] }))
}

/** What a commit says that it takes back; one of a pull request that was merged carries its number. */
export function eventOfCommit(
  { sha, message, committedAt }: { sha: string; message: string; committedAt: Date },
  fullName: string,
): RevertEvent {
  const [title = '', ...body] = message.split('\n')
  return {
    number: findOwnNumber(message),
    commitSha: sha,
    at: committedAt,
    numbers: findReverts({ title, body: body.join('\n') }, fullName),
    commits: findRevertedCommits(message),
  }
}

export const REVERTED_BY = 'reverted_by'
export const BROUGHT_BACK_BY = 'brought_back_by'

/**
 * What the kept proof of a landing remembers of its reverts, as events: a refresh does not forget them, whether or not the
 * platform still lists them. When they happened is not kept: they are put at the landing that they are about, so that a later
 * landing is not touched by them.
 */
export function rememberedEvents(known: { number: number; landedAt: Date | null; proof: LandingProof }): RevertEvent[] {
  const { number, landedAt, proof } = known
  const read = (name: string) => proof.find(({ fact }) => fact === name)?.value ?? ''
  const took = referenceOf(read(REVERTED_BY))
  const brought = referenceOf(read(BROUGHT_BACK_BY))
  if (took === null || landedAt === null) return []
  const taking = { ...took, at: landedAt, numbers: [number], commits: [] }
  if (brought === null) return [taking]
  const { number: ofTaking, commitSha } = took
  return [
    taking,
    {
      ...brought,
      at: landedAt,
      numbers: ofTaking === null ? [] : [ofTaking],
      commits: commitSha === null ? [] : [commitSha],
    },
  ]
}

function referenceOf(value: string): { number: number | null; commitSha: string | null } | null {
  if (value === '') return null
  const number = /^#(\d+)$/.exec(value)?.[1]
  return { number: number ? Number(number) : null, commitSha: number ? null : value }
}
