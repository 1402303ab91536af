import { findFilingByOrdinal } from '@/lib/db/filings'
import { withScope } from '@/lib/db/scope'
import { listAllTerms } from '@/lib/db/terms-read'
import type { OperatorActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'

/** A term by its code (`2026-2027-1`), a filing as pages and files name it: its term's code and its number (`2026-2027-1-2`). */
export type NamedSelection = { term?: string | undefined; filing?: string | undefined }

/**
 * What names of a term and a filing stand for, as the export is asked for it.
 * @throws AppError forbidden `role_not_allowed`; not_found `term_not_found`, `filing_not_found`
 */
export async function findNamed(
  actor: OperatorActor,
  { term, filing }: NamedSelection,
): Promise<{ termId: string | null; filingId: string | null }> {
  const { universityId } = actor
  assertCan(actor, 'report.export', { universityId })
  if (universityId === null) throw new AppError('not_found', 'not_found')
  return withScope({ universityId }, async (tx) => {
    const terms = await listAllTerms(tx, universityId)
    const termId = terms.find(({ code }) => code === term)?.id ?? null
    if (term !== undefined && termId === null) throw new AppError('not_found', 'term_not_found', { code: term })
    if (filing === undefined) return { termId, filingId: null }
    const [, code, ordinal] = /^(.+)-(\d{1,6})$/.exec(filing) ?? []
    const ofTerm = terms.find((one) => one.code === code)
    const filingId =
      ofTerm && (await findFilingByOrdinal(tx, { universityId, termId: ofTerm.id, ordinal: Number(ordinal) }))
    if (!filingId) throw new AppError('not_found', 'filing_not_found', { filing })
    return { termId, filingId }
  })
}
