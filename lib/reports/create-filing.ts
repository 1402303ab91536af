import { randomUUID } from 'node:crypto'
import { ledgerKeysUrl, signHead } from '@/lib/config/ledger-signing'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { isUniqueViolation } from '@/lib/db/errors'
import { insertFiling, lockTermForFiling, sumUnfiled } from '@/lib/db/filings'
import { lockLedgerHead } from '@/lib/db/ledger-heads'
import { findReportColumns } from '@/lib/db/report-rows'
import { type Tx, withScope } from '@/lib/db/scope'
import { setTermClosed } from '@/lib/db/terms'
import { findUniversity } from '@/lib/db/universities'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { filingStatement } from '@/lib/domain/filing'
import { assertCan } from '@/lib/domain/permissions'
import { type CreateFilingInput, createFilingSchema } from './schema'

export type FilingMade = { filingId: string; ordinal: number; entries: number; totalHundredths: number }

/**
 * Files a term: every entry of it that no filing has yet, in the order of the ledger, with the columns and the university's
 * names of the moment and the signed head of the ledger. A second filing of a term is the supplement since the first. While it runs the term's
 * other filings wait, and no line comes into the ledger.
 * @throws AppError forbidden `role_not_allowed`; not_found `term_not_found`; conflict `nothing_to_file`,
 * `filing_changed` (there are other entries now than the admin saw); ZodError for a bad shape
 */
export async function createFiling(
  actor: MemberActor,
  input: CreateFilingInput,
  { now }: { now: Date } = { now: new Date() },
): Promise<FilingMade> {
  const { universityId } = actor
  const { termId, term: wish, ...expected } = createFilingSchema.parse(input)
  assertCan(actor, 'report.file', { universityId })
  const file = async (tx: Tx): Promise<FilingMade> => {
    const term = await lockTermForFiling(tx, { universityId, termId })
    if (term === null) throw new AppError('not_found', 'term_not_found')
    const head = await lockLedgerHead(tx, universityId)
    const { entries, hundredths, lastSequence, entriesSha256, nextOrdinal } = await sumUnfiled(tx, {
      universityId,
      termId,
    })
    if (entries === 0 || lastSequence === null) throw new AppError('conflict', 'nothing_to_file')
    if (entries !== expected.expectedEntries || hundredths !== expected.expectedHundredths) {
      throw new AppError('conflict', 'filing_changed', { entries })
    }
    const filing = { universityId, id: randomUUID(), termId, ordinal: nextOrdinal, entriesSha256, lastSequence }
    const sums = { entryCount: entries, totalHundredths: hundredths }
    const statement = filingStatement({ ...filing, ...sums, filingId: filing.id })
    const signedHead = await signHead(head, { now, statement })
    const columns = await findReportColumns(tx, universityId)
    const kept = { ...(await namesOfDay(tx, universityId)), keysUrl: ledgerKeysUrl(), signedHead, columns }
    const by = { createdByMemberId: actor.memberId, createdAt: now }
    const filed = await insertFiling(tx, { ...filing, ...sums, ...kept, ...by })
    if (filed !== entries) throw new Error(`a filing of ${entries} entries took ${filed}`)
    await tell(tx, actor, { ...filing, entries, hundredths, closes: wish === 'close' && term.closedAt === null, now })
    return { filingId: filing.id, ordinal: nextOrdinal, entries, totalHundredths: hundredths }
  }
  try {
    return await withScope({ universityId }, file, { timeoutSeconds: 120 })
  } catch (error) {
    // Somebody filed the same entries by another way than through the lock.
    if (isUniqueViolation(error)) throw new AppError('conflict', 'nothing_to_file')
    throw error
  }
}

async function namesOfDay(tx: Tx, universityId: string) {
  const university = await findUniversity(tx, universityId)
  if (university === null) throw new AppError('not_found', 'not_found')
  return { universityNameZh: university.nameZh, universityNameEn: university.nameEn }
}

type Told = {
  id: string
  termId: string
  ordinal: number
  entries: number
  hundredths: number
  closes: boolean
  now: Date
}

async function tell(tx: Tx, actor: MemberActor, { id, termId, ordinal, entries, hundredths, closes, now }: Told) {
  await recordAuditEvent(tx, {
    actor,
    action: 'filing.created',
    subject: { kind: 'filing', id },
    data: { filingId: id, termId, ordinal, entries, totalHundredths: hundredths },
    occurredAt: now,
  })
  if (!closes) return
  await setTermClosed(tx, { universityId: actor.universityId, termId, closedAt: now })
  const subject = { kind: 'term' as const, id: termId }
  await recordAuditEvent(tx, { actor, action: 'term.closed', subject, data: { termId }, occurredAt: now })
}
