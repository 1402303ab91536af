import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { listTerms } from './list-terms'
import type { TermView } from './view'

/** One term of the university. @throws AppError not_found `term_not_found` */
export async function getTerm(
  actor: MemberActor,
  termId: string,
  deps: { now: Date },
): Promise<{ term: TermView; timeZone: string }> {
  // They are few, and one query whatever their number.
  const { terms, timeZone } = await listTerms(actor, deps)
  const term = terms.find(({ id }) => id === termId)
  if (term === undefined) throw new AppError('not_found', 'term_not_found')
  return { term, timeZone }
}
