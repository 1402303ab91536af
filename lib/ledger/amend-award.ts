import { recordAuditEvent } from '@/lib/db/audit-events'
import { type AwardLine, findAward } from '@/lib/db/credit-entries'
import { findStudentOfLine } from '@/lib/db/credited-students'
import { issueCreditEntry, lockStudentCredits } from '@/lib/db/issue-credit-entry'
import { releaseWorks } from '@/lib/db/live-works'
import { addNotification } from '@/lib/db/notifications'
import { type Tx, withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import type { CorrectionCap } from '@/lib/domain/correction-caps'
import { AppError } from '@/lib/domain/errors'
import { formatHundredths } from '@/lib/domain/hundredths'
import { assertCan } from '@/lib/domain/permissions'
import { capOfCorrection } from './cap-of-correction'

export type AmendResult = { sequence: number; entryId: string; creditHundredths: number }

type Amendment = {
  kind: 'correction' | 'revocation'
  entryId: string
  /** What was left of the award when it was read. */
  netHundredths: number
  newHundredths: number
  /** A correction may go above the caps of the rules; a revocation cannot. */
  aboveCaps?: boolean
  reason: string
}

/**
 * Adds the opposite line to an award, with its reason. The award itself stays as it is for good; its student is told. A
 * revoked award lets go of its works: they may be claimed again.
 */
export async function amendAward(actor: MemberActor, amendment: Amendment, now: Date): Promise<AmendResult> {
  const { universityId } = actor
  const { kind, entryId } = amendment
  const action = kind === 'correction' ? 'ledger.correct' : 'ledger.revoke'
  // Who may not do it to anybody learns nothing about what is there.
  assertCan(actor, action, { universityId, ownerPersonId: NOBODY })
  return withScope({ universityId }, async (tx) => {
    const award = await holdAward(tx, { universityId, entryId })
    assertCan(actor, action, { universityId, ownerPersonId: award.personId ?? NOBODY })
    const difference = differenceOf(award, amendment)
    const above = await capOfCorrection(tx, { universityId, award, newHundredths: amendment.newHundredths })
    if (above !== null && !amendment.aboveCaps) {
      throw new AppError('invalid', 'above_caps', { cap: above.cap, limit: formatHundredths(above.limitHundredths) })
    }
    const issued = await issueCreditEntry(tx, {
      universityId,
      kind,
      claimId: award.claimId,
      correctsEntryId: award.entryId,
      memberId: award.memberId,
      termId: award.termId,
      creditHundredths: difference,
      award: null,
      student: await findStudentOfLine(tx, { universityId, sequence: award.sequence }),
      approvedByMemberId: actor.memberId,
      reason: amendment.reason,
      issuedAt: now,
    })
    if (kind === 'revocation') await releaseWorks(tx, { universityId, claimId: award.claimId })
    await tell(tx, actor, {
      award,
      amendment,
      sequence: issued.sequence,
      difference,
      aboveCap: above?.cap ?? null,
      now,
    })
    return { ...issued, creditHundredths: difference }
  })
}

/** A student whose person was erased is nobody, and certainly not the actor. */
const NOBODY = ''

/** The award as it is once nobody else can change what its student was credited. */
async function holdAward(tx: Tx, key: { universityId: string; entryId: string }): Promise<AwardLine> {
  const found = await findAward(tx, key)
  if (found === null) throw new AppError('not_found', 'credit_entry_not_found')
  await lockStudentCredits(tx, { universityId: key.universityId, memberId: found.memberId })
  const award = await findAward(tx, key)
  if (award === null) throw new AppError('not_found', 'credit_entry_not_found')
  return award
}

function differenceOf(award: AwardLine, { kind, netHundredths, newHundredths }: Amendment): number {
  if (award.revoked) throw new AppError('conflict', 'already_revoked')
  if (award.netHundredths !== netHundredths) throw new AppError('conflict', 'award_changed')
  // A revoked award of nothing is revoked all the same: its works are let go of.
  if (kind === 'correction' && newHundredths === netHundredths) throw new AppError('invalid', 'nothing_to_correct')
  return newHundredths - netHundredths
}

type Told = {
  award: AwardLine
  amendment: Amendment
  sequence: number
  difference: number
  aboveCap: CorrectionCap | null
  now: Date
}

async function tell(tx: Tx, actor: MemberActor, told: Told): Promise<void> {
  const { award, amendment, sequence, difference, aboveCap, now } = told
  const event = { actor, subject: { kind: 'credit_entry' as const, id: award.entryId }, occurredAt: now }
  const data = { sequence, correctsEntryId: award.entryId, creditHundredths: difference }
  if (amendment.kind === 'revocation') await recordAuditEvent(tx, { ...event, action: 'ledger.revoked', data })
  else await recordAuditEvent(tx, { ...event, action: 'ledger.corrected', data: { ...data, aboveCap } })
  await addNotification(tx, {
    universityId: actor.universityId,
    memberId: award.memberId,
    code: 'credit_corrected',
    data: { termCode: award.termCode, creditHundredths: difference, reason: amendment.reason },
    createdAt: now,
  })
}
