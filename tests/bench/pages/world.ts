import type { ClaimState } from '@/lib/domain/claim-states'
import type { Platform } from '@/lib/domain/platform'

export type WorldSize = { contributions: number; claims: number }

export type BenchUniversity = {
  id: string
  slug: string
  policyVersionId: string
  departments: readonly { id: string; name: string }[]
  /** Oldest first; the last one runs now. */
  terms: readonly { id: string; code: string; startsAt: Date; endsAt: Date; closed: boolean }[]
}

export type BenchMember = {
  university: BenchUniversity
  memberId: string
  personId: string
  number: string
  name: string
  role: 'student' | 'reviewer' | 'admin'
  departmentIndex: number
}

export type BenchAccount = {
  id: string
  owner: BenchMember
  platform: Platform
  platformUserId: string
  login: string
}

export type BenchContribution = {
  id: string
  workId: string
  owner: BenchMember
  landedAt: Date
  additions: number
  deletions: number
  repositoryId: string
  fullName: string
  platform: Platform
  platformRepositoryId: string
  number: number
  login: string
  platformUserId: string
  sha: string
  title: string
  url: string
  isCounted: boolean
}

export type BenchClaim = {
  id: string
  owner: BenchMember
  state: ClaimState
  termIndex: number
  items: readonly { id: string; contribution: BenchContribution; evidenceId: string; warned: boolean }[]
  queuedAt: Date
}

/** Everything that was made, for the pages' addresses. */
export type BenchWorld = {
  universities: readonly BenchUniversity[]
  members: readonly BenchMember[]
  claims: readonly BenchClaim[]
  /** By university. */
  awards: ReadonlyMap<string, readonly string[]>
}

export const DAY_MS = 86_400_000

/** A valid uuid that says what it names; in order, as those of the app are. */
export function idOf(kind: number, serial: number): string {
  return `${kind.toString(16).padStart(8, '0')}-0000-7000-8000-${serial.toString(16).padStart(12, '0')}`
}

/** The same numbers each time, in [0, 1). */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  between(least: number, most: number): number {
    return least + Math.floor(this.roll() * (most - least + 1))
  }

  /** @throws RangeError for an empty list */
  pick<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.roll() * list.length)]
    if (found === undefined) throw new RangeError('nothing to pick from')
    return found
  }
}
