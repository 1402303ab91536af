import { recordAuditEvent } from '@/lib/db/audit-events'
import { setTermClosed } from '@/lib/db/terms'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import type { TermStateInput } from './schema'
import { atTermDesk, seenTerm } from './term-desk'

/**
 * Closes a term: it takes no new claims, and drafts cannot be handed in any more. What was handed in is decided to the
 * end, and what is sent back may be handed in again (see lib/domain/claim-states.ts).
 * @throws AppError not_found `term_not_found`; conflict `term_changed`, `term_is_closed`
 */
export async function closeTerm(actor: MemberActor, input: TermStateInput, { now }: { now: Date }): Promise<void> {
  const { universityId } = actor
  const { termId } = input
  await atTermDesk(actor, async (tx) => {
    const { closedAt } = await seenTerm(tx, { universityId, ...input })
    if (closedAt !== null) throw new AppError('conflict', 'term_is_closed')
    await setTermClosed(tx, { universityId, termId, closedAt: now })
    const subject = { kind: 'term' as const, id: termId }
    await recordAuditEvent(tx, { actor, action: 'term.closed', subject, data: { termId }, occurredAt: now })
  })
}
