import type { ClaimItemRow } from '@/lib/db/claim-items'
import type { EvidenceRow } from '@/lib/db/evidence'
import type { JudgedContribution, JudgementContext } from '@/lib/db/judgement'
import type { Surge } from '@/lib/domain/surge'
import { findWarnings, type Warning } from '@/lib/domain/warnings'

/** At most this many changed lines are few enough to be looked at. */
const FEW_LINES = 10

type Input = {
  items: readonly ClaimItemRow[]
  judged: readonly JudgedContribution[]
  evidence: readonly EvidenceRow[]
  accounts: JudgementContext['accounts']
  /** By contribution; see {@link findClassSurges}. */
  surges: ReadonlyMap<string, Surge>
}

/** The warnings of a claim by the item they stand at; those about the claim as a whole stand at its first one. */
export function findClaimWarnings({ items, judged, evidence, accounts, surges }: Input): Map<string, Warning[]> {
  const warnings = findWarnings({
    fewLines: FEW_LINES,
    items: judged.map(({ stored: { fact }, catalog, accountLinked, duplicateOf, sharedWith }) => ({
      fact,
      duplicateOf,
      // A part was frozen with the claim, or the whole: what is agreed on since does not change it.
      unsharedWith: frozenOf(items, fact.id)?.sharePercent === undefined ? sharedWith : [],
      surge: surges.get(fact.id) ?? null,
      catalog,
      accountLinked,
      evidence: evidence.find(({ contributionId }) => contributionId === fact.id)?.document ?? null,
      ownPlatformUserIds: accounts
        .filter(({ platform }) => platform === fact.platform)
        .map(({ platformUserId }) => platformUserId),
      aiUse: items.find(({ contributionId }) => contributionId === fact.id)?.aiUse ?? 'none',
    })),
  })
  const first = items[0]?.contributionId
  return new Map(
    items.map(({ contributionId }) => [
      contributionId,
      warnings.filter((warning) => (warning.contributionId ?? first) === contributionId),
    ]),
  )
}

function frozenOf(items: Input['items'], id: string): ClaimItemRow['judgement'] {
  return items.find(({ contributionId }) => contributionId === id)?.judgement ?? null
}

/** How many there are in all. */
export function countWarnings(warningsOf: ReadonlyMap<string, readonly Warning[]>): number {
  return [...warningsOf.values()].reduce((sum, { length }) => sum + length, 0)
}
