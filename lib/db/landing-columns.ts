import type { LandingResult } from '@/lib/domain/contribution'

/** What the landing rules made of a contribution, by its columns. */
export function landingColumns(landing: LandingResult, updatedAt: Date) {
  return {
    landingState: landing.state,
    landingRule: landing.rule,
    landedAt: landing.landedAt,
    landedCommitSha: landing.commitSha,
    landingProof: landing.proof.map(({ fact, value }) => ({ fact, value })),
    orderedAt: landing.landedAt ?? updatedAt,
  }
}
