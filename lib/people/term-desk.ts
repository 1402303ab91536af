import { lockKey, type Tx, withScope } from '@/lib/db/scope'
import { findTerm, getTimeZone, listAllTerms, type TermRow } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { spanOfDays, spansOverlap, type TermSpan } from '@/lib/domain/term'
import { fingerprintOf } from './fingerprint'

/** Terms are changed one after the other: whether two overlap cannot be seen while another one is being written. */
export async function atTermDesk<T>(actor: MemberActor, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { universityId } = actor
  assertCan(actor, 'term.manage', { universityId })
  return withScope({ universityId }, async (tx) => {
    await lockKey(tx, `terms:${universityId}`)
    return work(tx)
  })
}

/** What a form about a term must name: the term as it stood on the page. */
export function termFingerprint({ code, nameZh, nameEn, startsAt, endsAt, closedAt }: Omit<TermRow, 'id'>): string {
  const times = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() }
  return fingerprintOf({ code, nameZh, nameEn, ...times, closedAt: closedAt?.toISOString() ?? null })
}

/** The term, as the admin saw it. @throws AppError not_found `term_not_found`; conflict `term_changed` */
export async function seenTerm(
  tx: Tx,
  { universityId, termId, expected }: { universityId: string; termId: string; expected: string },
): Promise<TermRow> {
  const term = await findTerm(tx, universityId, termId)
  if (term === null) throw new AppError('not_found', 'term_not_found')
  if (termFingerprint(term) !== expected) throw new AppError('conflict', 'term_changed')
  return term
}

/**
 * Days of the university as a span that no other term shares.
 * @throws AppError invalid `days_wrong_way_round`; conflict `term_overlaps`, `term_code_taken`
 */
export async function freeSpan(
  tx: Tx,
  wish: { universityId: string; termId: string | null; code: string; firstDay: string; lastDay: string },
): Promise<TermSpan> {
  const timeZone = await getTimeZone(tx, wish.universityId)
  const span = spanOfDays(wish.firstDay, wish.lastDay, timeZone)
  if (span === null) throw new AppError('invalid', 'days_wrong_way_round')
  const others = (await listAllTerms(tx, wish.universityId)).filter(({ id }) => id !== wish.termId)
  const overlapping = others.find((other) => spansOverlap(span, other))
  if (overlapping) throw new AppError('conflict', 'term_overlaps', { code: overlapping.code })
  if (others.some(({ code }) => code === wish.code)) throw new AppError('conflict', 'term_code_taken')
  return span
}
