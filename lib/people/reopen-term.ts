import { recordAuditEvent } from '@/lib/db/audit-events'
import { findTermUse, setTermClosed } from '@/lib/db/terms'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import type { TermStateInput } from './schema'
import { atTermDesk, seenTerm } from './term-desk'

/**
 * Opens a closed term again, as long as nothing of it was filed.
 * @throws AppError not_found `term_not_found`; conflict `term_changed`, `term_is_open`, `term_is_filed`
 */
export async function reopenTerm(actor: MemberActor, input: TermStateInput, { now }: { now: Date }): Promise<void> {
  const { universityId } = actor
  const { termId } = input
  await atTermDesk(actor, async (tx) => {
    const { closedAt } = await seenTerm(tx, { universityId, ...input })
    if (closedAt === null) throw new AppError('conflict', 'term_is_open')
    const { isFiled } = await findTermUse(tx, { universityId, termId })
    if (isFiled) throw new AppError('conflict', 'term_is_filed')
    await setTermClosed(tx, { universityId, termId, closedAt: null })
    const subject = { kind: 'term' as const, id: termId }
    await recordAuditEvent(tx, { actor, action: 'term.reopened', subject, data: { termId }, occurredAt: now })
  })
}
