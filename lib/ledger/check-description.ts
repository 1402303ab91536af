import type { LineDescription, StoredEvidence } from '@/lib/db/ledger-verification'
import type { CalculationRecord } from '@/lib/domain/calculation-record'
import { CATALOG_TIERS } from '@/lib/domain/catalog'
import { evidenceSchema } from '@/lib/domain/evidence'
import { differs, type FoundFault } from './faults'

/** What reports print of an award, told anew from its calculation and its evidence: by now both are known to be as they were. */
export function describeAward(record: CalculationRecord, evidence: readonly StoredEvidence[]): LineDescription {
  const credited = new Set(record.items.map(({ contributionId }) => contributionId))
  const names = evidence
    .filter(({ contributionId }) => credited.has(contributionId))
    .map(({ content }) => evidenceSchema.parse(content).repository.fullName)
  return {
    repositoryNames: [...new Set(names)].join('; '),
    tiers: CATALOG_TIERS.filter((tier) => record.items.some((item) => item.tier === tier)).join(),
    itemCount: record.items.length,
  }
}

/** Whether the words beside a line, which its hash does not cover, are those that follow from what it covers. */
export function checkDescription(stated: LineDescription, expected: LineDescription): FoundFault | null {
  if (inOrder(stated.repositoryNames) !== inOrder(expected.repositoryNames)) {
    return differs('repositories_differ', expected.repositoryNames, stated.repositoryNames)
  }
  if (stated.tiers !== expected.tiers) return differs('tiers_differ', expected.tiers, stated.tiers)
  if (stated.itemCount === expected.itemCount) return null
  return differs('item_count_differs', expected.itemCount, stated.itemCount)
}

/** The database sorts names by its own collation: which they are is what counts. */
function inOrder(names: string): string {
  return names.split('; ').toSorted().join('; ')
}
