import { type LedgerRow, listLedgerRows } from '@/lib/db/credit-entries'
import { findLedgerCheck } from '@/lib/db/ledger-checks'
import { findLedgerHead } from '@/lib/db/ledger-heads'
import { withScope } from '@/lib/db/scope'
import { getTimeZone, listAllTerms } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { encodeKeyset, parseKeyset } from '@/lib/domain/keyset'
import { assertCan } from '@/lib/domain/permissions'
import { type LedgerQuery, ledgerQuerySchema } from './schema'
import type { LedgerLineView, LedgerPage } from './view'

const PAGE = 50

/**
 * The ledger of the actor's university, newest line first, with the state of its chain.
 * @throws AppError forbidden `role_not_allowed`; invalid `bad_cursor`
 */
export async function listLedger(
  actor: MemberActor,
  query: LedgerQuery = {},
  options: { limit?: number } = {},
): Promise<LedgerPage> {
  const { universityId } = actor
  const { sequence: number, termId, studentNumber, cursor } = ledgerQuerySchema.parse(query)
  assertCan(actor, 'ledger.view', { universityId })
  const beforeSequence = sequenceOf(cursor)
  const limit = options.limit ?? PAGE
  return withScope({ universityId }, async (tx) => {
    const selection = { universityId, sequence: number, termId, studentNumber }
    const rows = await listLedgerRows(tx, selection, { beforeSequence, limit: limit + 1 })
    const terms = await listAllTerms(tx, universityId)
    const { sequence, hash } = await findLedgerHead(tx, universityId)
    return {
      lines: rows.slice(0, limit).map((row) => toLineView(row, actor)),
      nextCursor: nextCursorOf(rows, limit),
      head: { sequence, hash },
      check: await findLedgerCheck(tx, universityId),
      terms: terms.map(({ id, code, nameZh, nameEn }) => ({ termId: id, code, nameZh, nameEn })),
      timeZone: await getTimeZone(tx, universityId),
    }
  })
}

/** @throws AppError invalid `bad_cursor` */
export function sequenceOf(cursor: string | null): number | null {
  if (cursor === null) return null
  const [sequence] = parseKeyset(cursor, 1) ?? []
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence)) throw new AppError('invalid', 'bad_cursor')
  return sequence
}

/** The cursor of the page after the one whose rows, and one more, are given. */
export function nextCursorOf(rows: readonly LedgerRow[], limit: number): string | null {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return last ? encodeKeyset([last.sequence]) : null
}

export function toLineView(row: LedgerRow, reader: MemberActor): LedgerLineView {
  const open = row.kind === 'award' && !row.revoked
  return {
    sequence: row.sequence,
    entryId: row.entryId,
    kind: row.kind,
    claimId: row.claimId,
    correctsSequence: row.correctsSequence,
    creditHundredths: row.creditHundredths,
    netHundredths: row.netHundredths,
    revoked: row.revoked,
    student: {
      memberId: row.memberId,
      number: row.studentNumber,
      name: row.studentName,
      college: row.college,
      erased: row.erased,
    },
    term: { termId: row.termId, code: row.termCode, nameZh: row.termNameZh, nameEn: row.termNameEn },
    policyVersion: row.policyVersion,
    endorsedByName: row.endorsedByName,
    approvedByName: row.approvedByName,
    reason: row.reason,
    issuedAt: row.issuedAt,
    hash: row.hash,
    filed: row.filed,
    correctable: open && row.memberId !== reader.memberId && reader.roles.includes('admin'),
  }
}
