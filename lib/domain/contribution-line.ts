import type { ContributionFact, ContributionKind } from './contribution'
import type { Platform } from './platform'

/** What names a contribution wherever one is shown: enough for its reference, its title and the way to it. */
export type ContributionName = {
  platform: Platform
  /** By its full name. */
  repository: string
  kind: ContributionKind
  number: number
  ref: string
  title: string
  url: string
}

/** A contribution as a line of a list. */
export type ContributionLine = ContributionName & {
  contributionId: string
  landedAt: Date | null
  additions: number | null
  deletions: number | null
}

export function lineOf(fact: ContributionFact): ContributionLine {
  const { id, platform, repository, kind, number, ref, title, url, landing, additions, deletions } = fact
  const name = { platform, repository: repository.fullName, kind, number, ref, title, url }
  return { contributionId: id, ...name, landedAt: landing.landedAt, additions, deletions }
}
