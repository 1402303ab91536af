import { z } from 'zod'
import { type AwardOfClaim, findAwardOfClaim } from '@/lib/db/application-form'
import { calculateClaim, findCreditedCalculation } from '@/lib/db/claim-calculation'
import { listClaimCredits } from '@/lib/db/claim-credits'
import { type ClaimItemRow, listClaimItems } from '@/lib/db/claim-items'
import { type ClaimRow, findClaim, listDecisionsOn } from '@/lib/db/claims'
import { type EvidenceRow, listEvidence } from '@/lib/db/evidence'
import { type ClaimedFact, type ClaimSetting, findClaimSetting, listClaimedFacts } from '@/lib/db/review-claims'
import { type Tx, withScope } from '@/lib/db/scope'
import { findUniversity } from '@/lib/db/universities'
import type { MemberActor } from '@/lib/domain/actor'
import { isTerminal } from '@/lib/domain/claim-states'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import type { ApplicationForm, ApplicationItem, FormCalculation } from './view'

/**
 * The paper form (申请表) of a claim that was handed in: for its student, the professors of the department and the admins.
 * An approved one shows the student, the works and the figure as the ledger keeps them, and what answered it since.
 * @throws AppError not_found `claim_not_found`, the same for what is not there and what is not the actor's to see;
 * forbidden `role_not_allowed`
 */
export async function getApplicationForm(
  actor: MemberActor,
  { claimId }: { claimId: string },
): Promise<ApplicationForm> {
  const { universityId } = actor
  if (!z.uuid().safeParse(claimId).success) throw notFound()
  const key = { universityId, claimId }
  return withScope({ universityId }, async (tx) => {
    const claim = await findClaim(tx, key)
    if (claim === null || claim.submittedAt === null) throw notFound()
    const { personId: ownerPersonId, departmentId, submittedAt } = claim
    assertCan(actor, 'report.application_form', { universityId, ownerPersonId, departmentId })
    const [setting, university] = [await findClaimSetting(tx, key), await findUniversity(tx, universityId)]
    if (setting === null || university === null) throw notFound()
    const award = await findAwardOfClaim(tx, key)
    const credit = (await listClaimCredits(tx, { universityId, claimIds: [claimId] })).get(claimId) ?? null
    const calculation = await findCalculation(tx, { ...key, claim })
    const known = { facts: await listClaimedFacts(tx, key), evidence: await listEvidence(tx, key), calculation }
    const items = await listClaimItems(tx, key)
    return {
      claimId,
      state: claim.state,
      university: { nameZh: university.nameZh, nameEn: university.nameEn },
      student: studentOf(setting, award),
      term: { code: setting.termCode, nameZh: setting.termNameZh, nameEn: setting.termNameEn },
      statement: claim.statement,
      submittedAt,
      policyVersion: setting.policyVersion,
      calculation,
      items: items.flatMap((item) => toItem(item, known)),
      decisions: (await listDecisionsOn(tx, key)).filter(({ decidedAt }) => decidedAt >= submittedAt),
      entry: award && credit ? { ...credit, hash: award.hash, issuedAt: award.issuedAt } : null,
      timeZone: setting.timeZone,
    }
  })
}

const notFound = () => new AppError('not_found', 'claim_not_found')

function studentOf(setting: ClaimSetting, award: AwardOfClaim | null): ApplicationForm['student'] {
  if (award === null) {
    const { studentNumber: number, studentName: name, departmentName, programme, className } = setting
    return { number, name, college: departmentName ?? '', programme, className }
  }
  const { studentNumber: number, name, college, programme, className } = award
  return { number, name, college, programme: programme ?? '', className: className ?? '' }
}

type CalculationInput = { universityId: string; claimId: string; claim: ClaimRow }

/** Approved: as the ledger keeps it. Waiting: as it stands now. Refused or withdrawn: none. */
async function findCalculation(tx: Tx, input: CalculationInput): Promise<FormCalculation | null> {
  const { claim } = input
  if (claim.state === 'approved') return (await findCreditedCalculation(tx, input))?.result ?? null
  const { policyVersionId } = claim
  if (isTerminal(claim.state) || policyVersionId === null) return null
  return (await calculateClaim(tx, { ...claim, ...input, policyVersionId })).calculation
}

type Known = {
  facts: readonly ClaimedFact[]
  evidence: readonly EvidenceRow[]
  calculation: FormCalculation | null
}

function toItem(item: ClaimItemRow, { facts, evidence, calculation }: Known): ApplicationItem[] {
  const { contributionId } = item
  const fact = facts.find((one) => one.contributionId === contributionId)
  if (!fact) return []
  const frozen = evidence.find((one) => one.contributionId === contributionId)
  const share = calculation?.items.find((one) => one.contributionId === contributionId)
  return [
    {
      contributionId,
      platform: fact.platform,
      // What was frozen goes before what it is called today.
      repository: frozen?.document.repository.fullName ?? fact.repository,
      kind: fact.kind,
      number: fact.number,
      ref: fact.ref,
      title: frozen?.document.contribution.title ?? fact.title,
      url: frozen?.document.contribution.url ?? fact.url,
      landedAt: fact.landedAt,
      additions: frozen?.document.contribution.additions ?? null,
      deletions: frozen?.document.contribution.deletions ?? null,
      tier: item.judgement?.tier ?? null,
      aiUse: item.aiUse,
      aiUseNote: item.aiUseNote,
      hundredths: calculation === null ? null : (share?.hundredths ?? 0),
      outcome: item.outcome,
      evidenceSha256: frozen?.contentSha256 ?? null,
    },
  ]
}
