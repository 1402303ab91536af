import { recordAuditEvent } from '@/lib/db/audit-events'
import type { ClaimRow } from '@/lib/db/claims'
import { addNotification } from '@/lib/db/notifications'
import type { Tx } from '@/lib/db/scope'
import { findTerm } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { stageOf } from '@/lib/domain/claim-states'
import type { DecideDeps } from './decide-claim'
import type { ParsedDecision } from './schema'

type Told = {
  claim: ClaimRow
  decision: ParsedDecision
  decisionId: string
  creditHundredths: number | null
  /** Number of the ledger line; null but at approval. */
  sequence: number | null
  deps: DecideDeps
}

/** Writes the decision into the audit log and tells the student, in the transaction of the decision. */
export async function tellDecision(tx: Tx, actor: MemberActor, told: Told): Promise<void> {
  await audit(tx, actor, told)
  await notify(tx, actor, told)
}

async function audit(tx: Tx, actor: MemberActor, told: Told): Promise<void> {
  const { claim, decision, decisionId, sequence, deps } = told
  const creditHundredths = told.creditHundredths ?? 0
  const bulk = deps.bulk !== undefined
  const event = { actor, subject: { kind: 'claim', id: claim.id }, occurredAt: deps.now } as const
  const data = { claimId: claim.id, decisionId }
  switch (decision.action) {
    case 'endorse':
      return recordAuditEvent(tx, { ...event, action: 'claim.endorsed', data: { ...data, creditHundredths, bulk } })
    case 'approve':
      return recordAuditEvent(tx, {
        ...event,
        action: 'claim.approved',
        data: { ...data, creditHundredths, bulk, sequence: sequence ?? 0 },
      })
    case 'request_changes':
      return recordAuditEvent(tx, { ...event, action: 'claim.changes_requested', data })
    case 'reject':
      return recordAuditEvent(tx, {
        ...event,
        action: 'claim.rejected',
        data: { ...data, stage: stageOf(claim.state) ?? '', reasonCode: decision.reasonCode ?? 'other' },
      })
  }
}

async function notify(tx: Tx, actor: MemberActor, told: Told): Promise<void> {
  const { claim, decision, deps } = told
  const { universityId } = actor
  const { comment } = decision
  const creditHundredths = told.creditHundredths ?? 0
  const term = await findTerm(tx, universityId, claim.termId)
  const to = { universityId, memberId: claim.memberId, createdAt: deps.now }
  const data = { claimId: claim.id, termCode: term?.code ?? '' }
  switch (decision.action) {
    case 'endorse':
      return addNotification(tx, { ...to, code: 'claim_endorsed', data: { ...data, creditHundredths } })
    case 'approve':
      return addNotification(tx, { ...to, code: 'claim_approved', data: { ...data, creditHundredths } })
    case 'request_changes':
      return addNotification(tx, { ...to, code: 'claim_changes_requested', data: { ...data, comment } })
    case 'reject':
      return addNotification(tx, {
        ...to,
        code: 'claim_rejected',
        data: { ...data, comment, reasonCode: decision.reasonCode ?? 'other' },
      })
  }
}
