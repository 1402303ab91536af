import { z } from 'zod'
import { LEDGER_ENTRY_KINDS } from '@/lib/domain/ledger'
import { REPORT_COLUMN_KEYS, REPORT_HEADER_LENGTH, REPORT_LANGUAGES } from '@/lib/domain/report-columns'

/** What a form leaves empty is not asked for. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable())

export const REPORT_STATES = ['all', 'filed', 'not_filed'] as const
export type ReportState = (typeof REPORT_STATES)[number]

const name = z
  .string()
  .max(200)
  .refine((value) => !value.includes('\u0000'))

const filterFields = {
  termId: optional(z.uuid()),
  college: optional(name),
  /** Of the chosen college or of all; `-` stands for lines without one. */
  programme: optional(name),
  state: z.preprocess((value) => value || 'all', z.enum(REPORT_STATES)),
  kind: optional(z.enum(LEDGER_ENTRY_KINDS)),
  /** Days in the university's time zone, both included. */
  from: optional(z.iso.date()),
  to: optional(z.iso.date()),
}

/** Which lines a report is about. */
export const reportFilterSchema = z.object(filterFields)
export type ReportFilter = z.output<typeof reportFilterSchema>
export type ReportFilterInput = Partial<ReportFilter>

/** The report on screen. */
export const reportQuerySchema = z.object({ ...filterFields, cursor: optional(z.string().max(512)) })
export type ReportQuery = z.output<typeof reportQuerySchema>

export const EXPORT_FORMATS = ['xlsx', 'csv'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]
export const CSV_ENCODINGS = ['utf-8-bom', 'utf-8', 'gb18030'] as const
export type CsvEncoding = (typeof CSV_ENCODINGS)[number]

/** A file of a report, or of a filing: then the lines are the filing's and the filter says nothing. */
export const exportSchema = z.object({
  ...filterFields,
  filingId: optional(z.uuid()),
  format: z.preprocess((value) => value || 'xlsx', z.enum(EXPORT_FORMATS)),
  encoding: z.preprocess((value) => value || 'utf-8-bom', z.enum(CSV_ENCODINGS)),
  language: z.preprocess((value) => value || 'zh-CN', z.enum(REPORT_LANGUAGES)),
})
export type ExportInput = Partial<z.output<typeof exportSchema>>

const header = z.string().trim().min(1).max(REPORT_HEADER_LENGTH)
const columnFields = z.object({
  shown: z
    .literal('on')
    .optional()
    .transform((value) => value === 'on'),
  /** Lower comes first; equal ones stay in the order of the form. */
  place: z.coerce.number().int().min(0).max(999),
  headerZh: header,
  headerEn: header,
})

/** The form of columns: each known column with its box, place and headings. `expected` is the choice as it was read. */
export const columnsFormSchema = z.object({
  columns: z.partialRecord(z.enum(REPORT_COLUMN_KEYS), columnFields),
  expected: z.string().regex(/^[\da-f]{64}$/),
})
export type ColumnsForm = z.output<typeof columnsFormSchema>

export const createFilingSchema = z.object({
  termId: z.uuid(),
  /** Whether the term takes new claims from now on: said by the admin, never assumed. */
  term: z.enum(['close', 'keep_open']),
  /** The entries that were shown: a filing holds what its admin saw, or nothing. */
  expectedEntries: z.coerce.number().int().min(1),
  expectedHundredths: z.coerce.number().int(),
})
export type CreateFilingInput = z.input<typeof createFilingSchema>
