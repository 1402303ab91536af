import { recordAuditEvent } from '@/lib/db/audit-events'
import { findTermUse, holdTermToChange, updateTerm } from '@/lib/db/terms'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import type { EditTermInput } from './schema'
import { atTermDesk, freeSpan, seenTerm } from './term-desk'

/**
 * Changes a term. Its names until something of it was filed, since a filing carries them; its code and days only while no
 * line of the ledger names it, since those lines were calculated by them.
 * @throws AppError not_found `term_not_found`; invalid `days_wrong_way_round`; conflict `term_changed`, `term_is_closed`,
 *   `term_is_filed`, `term_has_credit`, `term_overlaps`, `term_code_taken`
 */
export async function editTerm(actor: MemberActor, input: EditTermInput, { now }: { now: Date }): Promise<void> {
  const { universityId } = actor
  const { termId, expected, code, nameZh, nameEn } = input
  await atTermDesk(actor, async (tx) => {
    // Whoever calculates by its days holds the term: a line that was not there before is seen after this.
    await holdTermToChange(tx, { universityId, termId })
    const term = await seenTerm(tx, { universityId, termId, expected })
    if (term.closedAt !== null) throw new AppError('conflict', 'term_is_closed')
    const span = await freeSpan(tx, { universityId, ...input })
    const before = textOf(term)
    const after = textOf({ code, nameZh, nameEn, ...span })
    const fields = (['code', 'nameZh', 'nameEn', 'startsAt', 'endsAt'] as const).filter((f) => before[f] !== after[f])
    if (fields.length === 0) return
    const isFixed = fields.some((field) => field !== 'nameZh' && field !== 'nameEn')
    const { isCredited, isFiled } = await findTermUse(tx, { universityId, termId })
    if (isFixed && isCredited) throw new AppError('conflict', 'term_has_credit')
    if (isFiled) throw new AppError('conflict', 'term_is_filed')
    await updateTerm(tx, { universityId, termId, code, nameZh, nameEn, ...span })
    const changed = Object.fromEntries(fields.map((field) => [field, { from: before[field], to: after[field] }]))
    const subject = { kind: 'term' as const, id: termId }
    await recordAuditEvent(tx, { actor, action: 'term.changed', subject, data: { termId, changed }, occurredAt: now })
  })
}

function textOf(term: { code: string; nameZh: string; nameEn: string; startsAt: Date; endsAt: Date }) {
  const { code, nameZh, nameEn, startsAt, endsAt } = term
  return { code, nameZh, nameEn, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() }
}
