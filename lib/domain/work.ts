import type { Platform } from './platform'

/** What is looked at to tell copies of one work apart from works of their own. */
export type WorkCandidate = {
  contributionId: string
  platform: Platform
  repositoryId: string
  number: number
  landedAt: Date
  /** The landed commit(s), full shas. The same commit on two platforms is a mirror. */
  commitShas: readonly string[]
  /** Shas named by "(cherry picked from commit …)" in the landed messages; may be abbreviated. */
  cherryPickedFrom: readonly string[]
  /** `git patch-id --stable` where it was computed. */
  patchId: string | null
  /** Whether the catalog includes the repository, and changes do land there (no mirror). */
  canonicalRepository: boolean
  fork: boolean
}

export const COPY_PROOFS = ['same_commit', 'cherry_pick', 'same_patch'] as const
export type CopyProof = (typeof COPY_PROOFS)[number]

/** Contributions that are copies of one work: the canonical one first, the others with what proves them copies. */
export type WorkGroup = {
  canonicalContributionId: string
  contributionIds: readonly string[]
  proofs: readonly { a: string; b: string; proof: CopyProof; value: string }[]
}

/** Groups landed contributions into works. Every contribution is in exactly one group; the result does not depend on order. */
export function groupWorks(_candidates: readonly WorkCandidate[]): WorkGroup[] {
  throw new Error('not yet')
}

/** The shas that a commit message says it was picked from ("(cherry picked from commit SHA)"), lower case, in order. */
export function findCherryPickSources(_message: string): string[] {
  throw new Error('not yet')
}
