import { randomUUID } from 'node:crypto'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { insertTerm } from '@/lib/db/terms'
import type { MemberActor } from '@/lib/domain/actor'
import type { CreateTermInput } from './schema'
import { atTermDesk, freeSpan } from './term-desk'

/**
 * Adds a term.
 * @throws AppError invalid `days_wrong_way_round`; conflict `term_overlaps`, `term_code_taken`
 */
export async function createTerm(
  actor: MemberActor,
  input: CreateTermInput,
  { now }: { now: Date },
): Promise<{ termId: string }> {
  const { universityId } = actor
  const { code, nameZh, nameEn } = input
  return atTermDesk(actor, async (tx) => {
    const span = await freeSpan(tx, { universityId, termId: null, ...input })
    const termId = randomUUID()
    await insertTerm(tx, { universityId, termId, code, nameZh, nameEn, ...span })
    const subject = { kind: 'term' as const, id: termId }
    await recordAuditEvent(tx, { actor, action: 'term.created', subject, data: { termId, code }, occurredAt: now })
    return { termId }
  })
}
