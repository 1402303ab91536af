import type { LandingKind, Trap } from '../types'
import type { SmallRepository } from './repositories'

/** A pull request as the story tells it, before numbers and shas are given. */
export type Draft = {
  repository: SmallRepository
  authorId: number
  createdAt: Date
  /** null: it never landed. */
  landing: LandingKind | null
  title: string
  body?: string
  /** Shown state of one that did not land. */
  unlanded?: 'open' | 'closed'
  isDraft?: boolean
  base?: string
  mergedById?: number
  labels?: readonly string[]
  coAuthorIds?: readonly number[]
  isHeadDeleted?: boolean
  additions?: number
  deletions?: number
  changedFiles?: number
  traps: readonly Trap[]
  /** Name by which another draft's `copyOf` finds it. */
  name?: string
  /** `import`: the project moved, and its history with it. `back_port`: the same change, and no message says so. */
  copyOf?: { name: string; kind: 'mirror' | 'cherry_pick' | 'import' | 'back_port' }
  /** Reverted by a pull request of a maintainer, or by a commit alone; and that reverted again by the same way. */
  reverted?: 'pull_request' | 'commit' | 'pull_request_undone' | 'commit_undone'
  /** The longer stories of label landings. */
  story?: 'reverted_open' | 'reverted_closed_by_author' | 'relanded'
  /** Never landed, but closed by the commit of this other draft, which does not speak of it. */
  closedByCommitOf?: string
}

export const SPAN = { from: new Date('2025-02-03T01:00:00Z'), to: new Date('2026-11-22T10:00:00Z') } as const
export const TERM_START = new Date('2026-09-01T00:00:00+08:00')
