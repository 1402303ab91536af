import type { ClaimedFact, GivenYes, NamedClaim } from '@/lib/db/ledger-grounds'
import type { DiffDigest, EarlierLine, StoredEvidence, StoredLine } from '@/lib/db/ledger-verification'
import {
  type CalculationRecord,
  calculationRecordSchema,
  itemsOfRecord,
  priorCreditsOf,
  recordCalculation,
} from '@/lib/domain/calculation-record'
import { canonicalHash, canonicalJson } from '@/lib/domain/canonical-json'
import { calculateCredit, ENGINE_VERSION } from '@/lib/domain/credit-calculation'
import { type CreditPolicy, creditPolicySchema } from '@/lib/domain/credit-policy'
import type { LedgerEntryBody } from '@/lib/domain/ledger'
import { checkDecisions } from './check-decisions'
import { checkDescription, describeAward } from './check-description'
import { checkEvidence } from './check-evidence'
import { differs, type FoundFault } from './faults'

/** What a line is checked against. */
export type Material = {
  /** The same member's lines before it. */
  earlier: readonly EarlierLine[]
  evidence: readonly StoredEvidence[]
  diffs: readonly DiffDigest[]
  /** The claims that awards name, what they hold, and who said yes to them. */
  claims: readonly NamedClaim[]
  claimed: readonly ClaimedFact[]
  yeses: readonly GivenYes[]
  policy: { document: unknown; documentSha256: string } | null
}

/** What is wrong with a line whose place in the chain holds: its people, its figure and what the figure rests on. */
export function checkLine(stored: StoredLine, material: Material): FoundFault | null {
  const { body } = stored.line
  if (!stored.studentStands) return { fault: 'student_missing', data: {} }
  const hands = [body.memberId, body.endorsedByMemberId, body.approvedByMemberId].filter((hand) => hand !== null)
  if (new Set(hands).size < hands.length)
    return { fault: 'same_person_decided', data: { memberId: body.approvedByMemberId } }
  return body.kind === 'award' ? checkAward(stored, material) : checkCorrection(stored, material.earlier)
}

function checkAward(stored: StoredLine, material: Material): FoundFault | null {
  const { body } = stored.line
  const parsed = calculationRecordSchema.safeParse(stored.calculation)
  if (!parsed.success) return { fault: 'calculation_missing', data: {} }
  const record = parsed.data
  const computed = canonicalHash(stored.calculation)
  if (computed !== body.calculationHash) return differs('calculation_differs', body.calculationHash, computed)
  const policy = readPolicy(material.policy)
  if ('fault' in policy) return policy
  if (body.engineVersion !== ENGINE_VERSION || record.engineVersion !== ENGINE_VERSION) {
    return differs('engine_unknown', ENGINE_VERSION, body.engineVersion)
  }
  return (
    checkDecisions(body, material) ??
    checkEvidence(body, record, material) ??
    checkPrior(body, record, material) ??
    checkWorks(record, material.earlier) ??
    checkFigure(body, record, policy.policy) ??
    checkDescription(stored.description, describeAward(record, evidenceOf(body, material)))
  )
}

function evidenceOf({ claimId }: LedgerEntryBody, { evidence }: Material): StoredEvidence[] {
  return evidence.filter((one) => one.claimId === claimId)
}

function readPolicy(stored: Material['policy']): { policy: CreditPolicy } | FoundFault {
  if (stored === null) return { fault: 'policy_missing', data: {} }
  const parsed = creditPolicySchema.safeParse(stored.document)
  const computed = canonicalHash(stored.document)
  if (!parsed.success || computed !== stored.documentSha256) {
    return differs('policy_differs', stored.documentSha256, computed)
  }
  return { policy: parsed.data }
}

/** What was credited before is what the ledger itself said then. */
function checkPrior(body: LedgerEntryBody, record: CalculationRecord, { earlier }: Material): FoundFault | null {
  const entries = earlier.map((line) => ({
    ...line,
    record: line.kind === 'award' && line.termId === body.termId ? recordOrNull(line.calculation) : null,
  }))
  const prior = priorCreditsOf(entries, body.termId)
  if (canonicalJson(prior) === canonicalJson(record.prior)) return null
  return differs('prior_credits_differ', prior.lifetimeHundredths, record.prior.lifetimeHundredths)
}

/** A work is credited once: in no earlier award of the member that was not taken back, and not twice in this one. */
function checkWorks(record: CalculationRecord, earlier: readonly EarlierLine[]): FoundFault | null {
  const revoked = new Set(
    earlier.flatMap(({ kind, correctsEntryId }) => (kind === 'revocation' ? correctsEntryId : [])),
  )
  const standing = earlier.filter(({ kind, entryId }) => kind === 'award' && !revoked.has(entryId))
  const credited = new Set(
    standing.flatMap(({ calculation }) => recordOrNull(calculation)?.items.map(({ workId }) => workId) ?? []),
  )
  for (const { workId, contributionId } of record.items) {
    if (credited.has(workId)) return { fault: 'work_credited_twice', data: { contributionId } }
    credited.add(workId)
  }
  return null
}

function recordOrNull(calculation: unknown): CalculationRecord | null {
  const parsed = calculationRecordSchema.safeParse(calculation)
  return parsed.success ? parsed.data : null
}

/** The figure, and each line of its explanation, computed again. */
function checkFigure(body: LedgerEntryBody, record: CalculationRecord, policy: CreditPolicy): FoundFault | null {
  const items = itemsOfRecord(record)
  const calculation = calculateCredit(policy, items, record.prior)
  const again = recordCalculation({ policyVersionId: record.policyVersionId, items, prior: record.prior, calculation })
  const { creditHundredths } = calculation
  const same = canonicalJson(again) === canonicalJson(record) && record.policyVersionId === body.policyVersionId
  if (same && creditHundredths === body.creditHundredths) return null
  return differs('figure_differs', creditHundredths, body.creditHundredths)
}

/** A correction answers an award of the same member, term and claim, is about the same, and leaves no less than nothing of it. */
function checkCorrection(
  { line: { body }, description }: StoredLine,
  earlier: readonly EarlierLine[],
): FoundFault | null {
  const award = earlier.find(({ entryId, kind }) => entryId === body.correctsEntryId && kind === 'award')
  const answers = award !== undefined && award.termId === body.termId && award.claimId === body.claimId
  if (!answers) return { fault: 'correction_unfounded', data: { corrects: body.correctsEntryId } }
  const answered = earlier.filter(({ correctsEntryId }) => correctsEntryId === award.entryId)
  const revoked = answered.some(({ kind }) => kind === 'revocation')
  const left = answered.reduce(
    (sum, line) => sum + line.creditHundredths,
    award.creditHundredths + body.creditHundredths,
  )
  const holds = !revoked && (body.kind === 'revocation' ? left === 0 : left >= 0) && body.reason !== null
  if (!holds) return { fault: 'correction_unfounded', data: { corrects: award.entryId, left } }
  return checkDescription(description, award.description)
}
