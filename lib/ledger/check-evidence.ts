import type { ClaimedFact } from '@/lib/db/ledger-grounds'
import type { DiffDigest, StoredEvidence } from '@/lib/db/ledger-verification'
import type { CalculationRecord } from '@/lib/domain/calculation-record'
import { canonicalHash, canonicalJson } from '@/lib/domain/canonical-json'
import { type EvidenceDocument, evidenceSchema } from '@/lib/domain/evidence'
import type { LedgerEntryBody } from '@/lib/domain/ledger'
import { checkBelonging } from './check-belonging'
import type { Material } from './check-line'
import { differs, type FoundFault } from './faults'

/**
 * Whether the evidence of every credited item is of that item, is as it was frozen, and says what went into the
 * calculation.
 */
export function checkEvidence(
  body: LedgerEntryBody,
  record: CalculationRecord,
  material: Pick<Material, 'evidence' | 'diffs' | 'claimed'>,
): FoundFault | null {
  const hashes: string[] = []
  for (const item of record.items) {
    const evidence = material.evidence.find(
      ({ claimId, contributionId }) => claimId === body.claimId && contributionId === item.contributionId,
    )
    if (!evidence) return { fault: 'evidence_missing', data: { contributionId: item.contributionId } }
    const fact = material.claimed.find(
      ({ claimId, contributionId }) => claimId === body.claimId && contributionId === item.contributionId,
    )
    const found = checkContent(evidence, item, fact) ?? checkDiffs(evidence, material.diffs)
    if (found) return found
    hashes.push(evidence.contentSha256)
  }
  const [expected, stated] = [hashes.sort().join(' '), [...body.evidenceHashes].join(' ')]
  return expected === stated ? null : differs('evidence_hashes_differ', expected, stated)
}

type CreditedItem = CalculationRecord['items'][number]

function checkContent(
  { content, contentSha256, contributionId }: StoredEvidence,
  item: CreditedItem,
  fact: ClaimedFact | undefined,
): FoundFault | null {
  const computed = canonicalHash(content)
  const parsed = evidenceSchema.safeParse(content)
  if (computed !== contentSha256 || !parsed.success) return differs('evidence_differs', contentSha256, computed)
  const elsewhere = checkBelonging(parsed.data, item, fact)
  if (elsewhere) return elsewhere
  const inputs = inputsOf(parsed.data, item)
  if (canonicalJson(inputs.evidence) === canonicalJson(inputs.item)) return null
  return { fault: 'inputs_differ', data: { contributionId } }
}

/** What the calculation takes from evidence, as the one and as the other says it. */
function inputsOf({ contribution, merge }: EvidenceDocument, item: CreditedItem) {
  const { landedAt } = merge.landing
  return {
    evidence: {
      kind: contribution.kind,
      changedLines: contribution.additions + contribution.deletions,
      // Where the evidence does not say when it landed, the fact did.
      landedAt: landedAt === null ? item.landedAt : new Date(landedAt).toISOString(),
    },
    item: { kind: item.kind, changedLines: item.changedLines, landedAt: item.landedAt },
  }
}

/** Each diff that is kept hashes to what the frozen document says of it. */
function checkDiffs({ id, content }: StoredEvidence, diffs: readonly DiffDigest[]): FoundFault | null {
  const { files } = evidenceSchema.parse(content)
  const kept = diffs.filter(({ evidenceId }) => evidenceId === id)
  if (kept.length !== files.length) return differs('diff_differs', files.length, kept.length)
  const wrong = files.find((file, index) => {
    const diff = kept[index]
    const same = diff?.path === file.path && diff.additions === file.additions && diff.deletions === file.deletions
    return !same || diff.patchSha256 !== file.patchSha256 || diff.textSha256 !== file.patchSha256
  })
  return wrong ? { fault: 'diff_differs', data: { path: wrong.path } } : null
}
