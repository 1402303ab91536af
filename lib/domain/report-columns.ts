import { z } from 'zod'

/** Everything that a report can show of a ledger line, in the order of a registrar. */
export const REPORT_COLUMN_KEYS = [
  'studentNumber',
  'name',
  'college',
  'programme',
  'className',
  'term',
  'repositories',
  'tier',
  'credit',
  'kind',
  'issuedOn',
  'evidence',
  'reason',
  'sequence',
  'answers',
  'items',
  'policyVersion',
  'filing',
] as const
export type ReportColumnKey = (typeof REPORT_COLUMN_KEYS)[number]

export const REPORT_LANGUAGES = ['zh-CN', 'en'] as const
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number]

export type ReportColumn = { key: ReportColumnKey; headerZh: string; headerEn: string }

export const REPORT_HEADER_LENGTH = 60

const HEADERS: Readonly<Record<ReportColumnKey, readonly [string, string]>> = {
  studentNumber: ['学号', 'Student number'],
  name: ['姓名', 'Name'],
  college: ['学院', 'College'],
  programme: ['专业', 'Programme'],
  className: ['班级', 'Class'],
  term: ['学期', 'Term'],
  repositories: ['项目', 'Projects'],
  tier: ['级别', 'Tier'],
  credit: ['认定学分', 'Credit'],
  kind: ['类别', 'Kind'],
  issuedOn: ['认定日期', 'Date'],
  evidence: ['证明材料', 'Proof'],
  reason: ['说明', 'Remarks'],
  sequence: ['流水号', 'Ledger number'],
  answers: ['针对流水号', 'Corrects ledger number'],
  items: ['成果数', 'Works'],
  policyVersion: ['规则版本', 'Version of the rules'],
  filing: ['备案批次', 'Filing'],
}

/** What a report shows until the university says otherwise. */
const DEFAULT_KEYS: readonly ReportColumnKey[] = REPORT_COLUMN_KEYS.slice(0, 14)

/** A column under its usual heading. */
export function defaultColumn(key: ReportColumnKey): ReportColumn {
  const [headerZh, headerEn] = HEADERS[key]
  return { key, headerZh, headerEn }
}

export const DEFAULT_REPORT_COLUMNS: readonly ReportColumn[] = DEFAULT_KEYS.map(defaultColumn)

const header = z.string().trim().min(1).max(REPORT_HEADER_LENGTH)

/** Columns as a university chose them: each at most once, at least one. */
export const reportColumnsSchema = z
  .array(z.strictObject({ key: z.enum(REPORT_COLUMN_KEYS), headerZh: header, headerEn: header }))
  .min(1)
  .refine((columns) => new Set(columns.map(({ key }) => key)).size === columns.length)

/** The stored choice, or the usual columns where there is none. */
export function readReportColumns(stored: unknown): readonly ReportColumn[] {
  return stored === null || stored === undefined ? DEFAULT_REPORT_COLUMNS : reportColumnsSchema.parse(stored)
}

/** A column's heading in the language of the document. */
export function headerOf({ headerZh, headerEn }: ReportColumn, language: ReportLanguage): string {
  return language === 'en' ? headerEn : headerZh
}
