import { createHash, randomUUID } from 'node:crypto'
import { signHead } from '@/lib/config/ledger-signing'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { type FilingRow, findFiling } from '@/lib/db/filings'
import { insertReportExport } from '@/lib/db/report-exports'
import { type ReportSelection, reportQuery, reportSubtotalsQuery, reportSumsQuery } from '@/lib/db/report-query'
import { openReportReader, type ReportReader } from '@/lib/db/report-reader'
import { findReportColumns } from '@/lib/db/report-rows'
import { type Tx, withScope } from '@/lib/db/scope'
import { findTerm } from '@/lib/db/terms-read'
import { findUniversity, type UniversityName } from '@/lib/db/universities'
import { type MemberActor, NO_MEMBER, type OperatorActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import type { ChainHead } from '@/lib/domain/ledger'
import { assertCan } from '@/lib/domain/permissions'
import type { ReportColumn } from '@/lib/domain/report-columns'
import { dayOf } from '@/lib/domain/term'
import { type Logger, log } from '@/lib/log/log'
import { wordsOf } from './proof'
import { type ExportInput, exportSchema } from './schema'
import { selectionOf, selectionOfFiling } from './selection'
import { writeCsv } from './write-csv'
import { writeXlsx } from './write-xlsx'

/** What a file adds up to. */
export type FileSums = { entries: number; hundredths: number }

export type ReportExport = {
  exportId: string
  fileName: string
  format: 'xlsx' | 'csv'
  isGb18030: boolean
  totals: FileSums
  /** JWS over the ledger's head in the moment of the export, or of the filing. */
  signedHead: string
  /** The file in pieces. That it is handed out stands in the audit before its first byte; that it was taken whole, after its last. */
  body: ReadableStream<Uint8Array>
  /** Once the body ended: what it hashes to. */
  checksum: Promise<string>
}

type Asked = ReturnType<typeof exportSchema.parse>
type Plan = {
  asked: Asked
  /** Of the term that is asked for, in the file's language. */
  termName: string | null
  university: UniversityName
  filing: FilingRow | null
  selection: ReportSelection
  columns: readonly ReportColumn[]
}

/** What a file would be called and written in, said without reading a line or writing anything down. */
export type ExportDescription = Pick<ReportExport, 'fileName' | 'format' | 'isGb18030'>

/**
 * What exportReport would hand out: for who asks before taking it.
 * @throws AppError as exportReport, but for `export_running`
 */
export async function describeExport(
  actor: MemberActor | OperatorActor,
  input: ExportInput,
  deps: { now: Date } = { now: new Date() },
): Promise<ExportDescription> {
  return descriptionOf(await planFor(actor, input), deps.now)
}

/**
 * Hands out a report as a file, as it comes from the database. One at a time for each actor. Who takes what is written
 * down before there is a file to take.
 * @throws AppError forbidden `role_not_allowed`; not_found `filing_not_found`; conflict `export_running`; invalid `no_such_day`
 */
export async function exportReport(
  actor: MemberActor | OperatorActor,
  input: ExportInput,
  deps: { now: Date; log?: Pick<Logger, 'error'> } = { now: new Date() },
): Promise<ReportExport> {
  const plan = await planFor(actor, input)
  const key = actor.kind === 'member' ? actor.memberId : `operator ${actor.name}`
  const reader = await openReportReader({ universityId: plan.university.id, key })
  if (reader === null) throw new AppError('conflict', 'export_running')
  try {
    return await begin(reader, { actor, plan, now: deps.now }, deps.log ?? log)
  } catch (error) {
    await reader.close()
    throw error
  }
}

async function planFor(actor: MemberActor | OperatorActor, input: ExportInput): Promise<Plan> {
  const { universityId } = actor
  assertCan(actor, 'report.export', { universityId })
  if (universityId === null) throw new AppError('not_found', 'not_found')
  return withScope({ universityId }, (tx) => planExport(tx, universityId, exportSchema.parse(input)))
}

function descriptionOf(plan: Plan, now: Date): ExportDescription {
  const { format, encoding } = plan.asked
  return { fileName: fileNameOf(plan, now), format, isGb18030: format === 'csv' && encoding === 'gb18030' }
}

async function planExport(tx: Tx, universityId: string, asked: Asked): Promise<Plan> {
  const university = await findUniversity(tx, universityId)
  if (university === null) throw new AppError('not_found', 'not_found')
  const { filingId } = asked
  if (filingId === null) {
    const selection = selectionOf(asked, { universityId, timeZone: university.timeZone })
    const term = asked.termId === null ? null : await findTerm(tx, universityId, asked.termId)
    const termName = term && (asked.language === 'en' ? term.nameEn : term.nameZh)
    return { asked, termName, university, filing: null, selection, columns: await findReportColumns(tx, universityId) }
  }
  const filing = await findFiling(tx, { universityId, filingId })
  if (filing === null) throw new AppError('not_found', 'filing_not_found')
  const selection = selectionOfFiling({ universityId, filingId })
  return { asked, termName: null, university, filing, selection, columns: filing.columns }
}

type Begun = { actor: MemberActor | OperatorActor; plan: Plan; now: Date }

async function begin(
  reader: ReportReader,
  { actor, plan, now }: Begun,
  to: Pick<Logger, 'error'>,
): Promise<ReportExport> {
  const { asked, university, filing, selection, columns } = plan
  const { format, encoding, language } = asked
  const totals = await reader.sums(reportSumsQuery(selection))
  const head = await reader.head()
  const exportId = randomUUID()
  // A filing's file says what was signed when it was filed, so that it is the same file each time.
  const signedHead = filing?.signedHead ?? (await signExport(head, { exportId, totals, asked, now }))
  const style = { language, timeZone: university.timeZone, universitySlug: university.slug }
  const sql = reportQuery(selection, { columns: columns.map(({ key }) => key), style })
  const words = wordsOf({ university, filing, asked, termName: plan.termName, totals, head, signedHead, now })
  const subtotalsSql = reportSubtotalsQuery(selection)
  const { entries } = totals
  const pieces =
    format === 'csv'
      ? writeCsv(reader, { sql, columns, language, encoding, entries })
      : writeXlsx(reader, { sql, subtotalsSql, columns, language, totals, ...words })
  const made = { actor, plan, now, exportId, signedHead, rows: entries }
  await recordStart(made)
  const record = (contentSha256: string) => recordExport({ ...made, contentSha256 })
  // The answer has begun: nobody but the log can be told.
  const broken = (error: unknown) => to.error('report_export_broke', { exportId, universityId: university.id, error })
  return {
    exportId,
    ...descriptionOf(plan, now),
    totals,
    signedHead,
    ...handOut(pieces, { record, close: reader.close, broken }),
  }
}

function signExport(
  head: ChainHead,
  { exportId, totals, asked, now }: { exportId: string; totals: FileSums; asked: Asked; now: Date },
) {
  const { entries, hundredths } = totals
  return signHead(head, { now, statement: { exportId, entries, totalHundredths: hundredths, filter: filterOf(asked) } })
}

function filterOf({ format: _, encoding: __, ...filter }: Asked): Record<string, unknown> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null))
}

function fileNameOf({ asked, university, filing }: Plan, now: Date): string {
  const english = asked.language === 'en'
  const zh = filing?.universityNameZh ?? university.nameZh
  const en = filing?.universityNameEn ?? university.nameEn
  const name = english ? en : zh
  const what = filing
    ? `${filing.termCode}-${english ? 'filing' : '备案'}-${filing.ordinal}`
    : `${english ? 'credit report' : '学分汇总表'} ${dayOf(now, university.timeZone)}`
  return `${name} ${what}.${asked.format}`.replace(/[/\\:*?"<>|]/g, '_')
}

type Ends = {
  record: (contentSha256: string) => Promise<void>
  close: () => Promise<void>
  broken: (error: unknown) => void
}

/** Counts what goes out into the checksum; the record is written before the last of it is confirmed. */
function handOut(
  pieces: AsyncGenerator<Uint8Array>,
  { record, close, broken }: Ends,
): Pick<ReportExport, 'body' | 'checksum'> {
  const hash = createHash('sha256')
  const ended = Promise.withResolvers<string>()
  // What fails because the reader went away is nobody's fault.
  let isLeft = false
  // Nobody has to wait for it.
  ended.promise.catch(() => {})
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const { done, value } = await pieces.next()
          if (!done) {
            hash.update(value)
            controller.enqueue(value)
            return
          }
          await close()
          const checksum = hash.digest('hex')
          await record(checksum)
          ended.resolve(checksum)
          controller.close()
        } catch (error) {
          if (!isLeft) broken(error)
          ended.reject(error)
          await close().catch(() => {})
          throw error
        }
      },
      cancel: async () => {
        isLeft = true
        ended.reject(new Error('the download was broken off'))
        // The connection first: a piece that is being waited for would never come.
        await close().catch(() => {})
        await pieces.return(undefined).catch(() => {})
      },
    },
    { highWaterMark: 1 },
  )
  return { body, checksum: ended.promise }
}

type Made = Begun & { exportId: string; signedHead: string; rows: number }

/** Before the first byte: a file that is broken off one byte before its end was taken all the same. */
function recordStart({ actor, plan, now, exportId, rows }: Made): Promise<void> {
  const { format, termId, college, programme, filingId } = plan.asked
  const universityId = plan.university.id
  return withScope({ universityId }, (tx) =>
    recordAuditEvent(tx, {
      actor,
      action: 'report.export_started',
      subject: { kind: 'report_export', id: exportId },
      data: { exportId, format, rows, termId, college, programme, filingId },
      occurredAt: now,
      universityId,
    }),
  )
}

async function recordExport({
  actor,
  plan,
  now,
  exportId,
  signedHead,
  rows,
  contentSha256,
}: Made & { contentSha256: string }): Promise<void> {
  const { asked, university, columns } = plan
  const universityId = university.id
  await withScope({ universityId }, async (tx) => {
    await insertReportExport(tx, {
      universityId,
      id: exportId,
      format: asked.format,
      encoding: asked.format === 'csv' ? asked.encoding : 'utf-8',
      filter: { ...filterOf(asked), columns: columns.map(({ key }) => key) },
      rowCount: rows,
      contentSha256,
      signedHead,
      memberId: actor.kind === 'member' ? actor.memberId : NO_MEMBER,
      createdAt: now,
    })
    await recordAuditEvent(tx, {
      actor,
      action: 'report.exported',
      subject: { kind: 'report_export', id: exportId },
      data: { exportId, format: asked.format, rows, contentSha256 },
      occurredAt: now,
      universityId,
    })
  })
}
