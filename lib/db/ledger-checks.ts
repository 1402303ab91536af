import { auditEventSchemas } from '@/lib/domain/audit-event'
import type { Tx } from './scope'

/** The newest time that the whole ledger was checked, from the audit log; null before the first. */
export async function findLastLedgerCheck(
  tx: Tx,
  universityId: string,
): Promise<{ checkedAt: Date; ok: boolean; lines: number; fault: string | null } | null> {
  const event = await tx.auditEvent.findFirst({
    where: { universityId, action: 'ledger.verified' },
    orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
    select: { occurredAt: true, data: true },
  })
  return event && { checkedAt: event.occurredAt, ...auditEventSchemas['ledger.verified'].parse(event.data) }
}
