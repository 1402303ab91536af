import { recordAuditEvent } from '@/lib/db/audit-events'
import { claimLedgerCheck } from '@/lib/db/ledger-checks'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { enqueue } from '@/lib/queue/enqueue'

/** A run says how far it is after every few hundred lines: one that is silent for so long is none any more. */
const LOST_AFTER_MS = 15 * 60_000

/**
 * Asks for the whole ledger of the actor's university to be checked, by a worker: it may be long. While one check runs
 * another is not started.
 * @returns whether one was started
 * @throws AppError forbidden `role_not_allowed`
 */
export async function requestVerification(
  actor: MemberActor,
  { now }: { now: Date } = { now: new Date() },
): Promise<{ started: boolean }> {
  const { universityId } = actor
  assertCan(actor, 'ledger.verify', { universityId })
  const lostBefore = new Date(now.getTime() - LOST_AFTER_MS)
  return withScope({ universityId }, async (tx) => {
    const started = await claimLedgerCheck(tx, { universityId, now, lostBefore })
    if (!started) return { started }
    await enqueue(tx, 'verify-ledger', { universityId })
    await recordAuditEvent(tx, {
      actor,
      action: 'ledger.verification_requested',
      subject: { kind: 'university', id: universityId },
      data: {},
      occurredAt: now,
    })
    return { started }
  })
}
