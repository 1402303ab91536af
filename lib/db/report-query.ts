import pg from 'pg'
import type { LedgerEntryKind } from '@/lib/domain/ledger'
import type { ReportColumnKey, ReportLanguage } from '@/lib/domain/report-columns'

/** Which lines of the ledger a report is about. */
export type ReportSelection = {
  universityId: string
  termId: string | null
  /** As frozen in the line. */
  college: string | null
  programme: string | null
  filed: boolean | null
  kind: LedgerEntryKind | null
  /** Half-open. */
  issuedFrom: Date | null
  issuedBefore: Date | null
  /** The lines of one filing and no others. */
  filingId: string | null
}

/** How the cells are written. */
export type ReportStyle = { language: ReportLanguage; timeZone: string; universitySlug: string }

const text = (value: string): string => pg.escapeLiteral(value)
const uuid = (value: string): string => `${text(value)}::uuid`
const moment = (value: Date): string => `${text(value.toISOString())}::timestamptz`

const KIND_WORDS = {
  'zh-CN': { award: '认定', correction: '更正', revocation: '撤销' },
  en: { award: 'Award', correction: 'Correction', revocation: 'Revocation' },
} as const
const TIER_WORDS = {
  'zh-CN': { flagship: '旗舰', standard: '标准', emerging: '新兴' },
  en: { flagship: 'Flagship', standard: 'Standard', emerging: 'Emerging' },
} as const

function inWords(expression: string, words: Readonly<Record<string, string>>): string {
  const cases = Object.entries(words).map(([code, word]) => `when ${text(code)} then ${text(word)}`)
  return `case ${expression} ${cases.join(' ')} else ${expression} end`
}

/** Text that strangers or people wrote passes through disarm_cell; what we made ourselves does not need it. */
const disarmed = (expression: string): string => `disarm_cell(${expression})`

/** Each column as text, exactly as it stands in the file. */
function cellOf(key: ReportColumnKey, { language, timeZone, universitySlug }: ReportStyle): string {
  const cells: Record<ReportColumnKey, string> = {
    studentNumber: disarmed('s.student_number'),
    name: disarmed('s.name'),
    college: disarmed('s.college'),
    programme: disarmed(`coalesce(s.programme, '')`),
    className: disarmed(`coalesce(s.class_name, '')`),
    term: disarmed(language === 'en' ? 't.name_en' : 't.name_zh'),
    repositories: disarmed('e.repository_names'),
    tier: tiersInWords(language),
    credit: '(e.credit_hundredths::numeric / 100)::numeric(12, 2)::text',
    kind: inWords('e.kind', KIND_WORDS[language]),
    issuedOn: `to_char(e.issued_at at time zone ${text(timeZone)}, 'YYYY-MM-DD')`,
    evidence: `${text(`${universitySlug}-`)} || e.sequence || ' sha256:' || e.hash`,
    reason: disarmed(`coalesce(e.reason, '')`),
    sequence: 'e.sequence::text',
    answers: `coalesce(o.sequence::text, '')`,
    items: 'e.item_count::text',
    policyVersion: `coalesce(v.version::text, '')`,
    filing: `coalesce(t.code || '-' || f.ordinal, '')`,
  }
  return cells[key]
}

/** Codes by rank with commas between them, as words. */
function tiersInWords(language: ReportLanguage): string {
  const comma = language === 'en' ? ', ' : '、'
  return [...Object.entries(TIER_WORDS[language]), [',', comma] as const].reduce(
    (expression, [code, word]) => `replace(${expression}, ${text(code)}, ${text(word)})`,
    'e.tiers',
  )
}

const FROM_LINES = `
  from credit_entry e
  join credit_entry_student s on s.university_id = e.university_id and s.sequence = e.sequence
  left join filing_entry x on x.university_id = e.university_id and x.sequence = e.sequence`

function where(selection: ReportSelection): string {
  const { termId, college, programme, filed, kind, issuedFrom, issuedBefore, filingId } = selection
  const conditions = [
    `e.university_id = ${uuid(selection.universityId)}`,
    termId && `e.term_id = ${uuid(termId)}`,
    college !== null && `s.college = ${text(college)}`,
    programme !== null && `coalesce(s.programme, '') = ${text(programme)}`,
    filed !== null && `x.sequence is ${filed ? 'not ' : ''}null`,
    kind && `e.kind = ${text(kind)}`,
    issuedFrom && `e.issued_at >= ${moment(issuedFrom)}`,
    issuedBefore && `e.issued_at < ${moment(issuedBefore)}`,
    filingId && `x.filing_id = ${uuid(filingId)}`,
  ]
  return conditions.filter((condition) => typeof condition === 'string' && condition !== '').join('\n   and ')
}

export type ReportPage = { beforeSequence: number | null; limit: number }

/**
 * The one query of screen, xlsx and CSV: a line of the ledger a row, every cell as text. It has no parameters, since COPY
 * takes none: values are written into it, escaped. Whole reports go forward; a page goes backward from a sequence.
 */
export function reportQuery(
  selection: ReportSelection,
  { columns, style, page }: { columns: readonly ReportColumnKey[]; style: ReportStyle; page?: ReportPage },
): string {
  const cells = columns.map((key) => `${cellOf(key, style)} as "${key}"`)
  const before = page?.beforeSequence ? `\n   and e.sequence < ${Number(page.beforeSequence)}` : ''
  const tail = page ? `desc limit ${Number(page.limit)}` : ''
  return `select ${cells.join(',\n       ')}${FROM_LINES}
  join term t on t.university_id = e.university_id and t.id = e.term_id
  left join filing f on f.university_id = x.university_id and f.id = x.filing_id
  left join policy_version v on v.university_id = e.university_id and v.id = e.policy_version_id
  left join credit_entry o on o.university_id = e.university_id and o.id = e.corrects_entry_id
 where ${where(selection)}${before}
 order by e.sequence ${tail}`
}

/**
 * How many lines and students a selection has, and how much credit. Read from an index alone where it can be: who the
 * students are and what was filed is looked at only where the selection asks for it.
 */
export function reportTotalsQuery(selection: ReportSelection): string {
  return `select coalesce(sum(lines), 0)::int as entries, count(*)::int as students,
       coalesce(sum(hundredths), 0)::bigint as hundredths
  from (select count(*) as lines, sum(e.credit_hundredths) as hundredths${fromFor(selection)}
 where ${where(selection)}
 group by e.member_id) by_member`
}

/** The same without the students, who cost more to count than all the rest: for a file that goes out. */
export function reportSumsQuery(selection: ReportSelection): string {
  return `select count(*)::int as entries, coalesce(sum(e.credit_hundredths), 0)::bigint as hundredths${fromFor(selection)}
 where ${where(selection)}`
}

/**
 * The same sums by programme, by college and over all, as the lines froze them; every cell as text: how the row is summed
 * (0 a programme, 1 a college, 3 all), college, programme, students, lines, credit.
 */
export function reportSubtotalsQuery(selection: ReportSelection): string {
  return `select grouping(college, programme)::text as level, ${disarmed(`coalesce(college, '')`)} as college,
       ${disarmed(`coalesce(programme, '')`)} as programme, count(distinct member_id)::text as students,
       count(*)::text as entries, (coalesce(sum(credit_hundredths), 0)::numeric / 100)::numeric(14, 2)::text as credit
  from (select s.college, coalesce(s.programme, '') as programme, e.member_id, e.credit_hundredths${FROM_LINES}
 where ${where(selection)}) line
 group by grouping sets ((college, programme), (college), ())
 order by grouping(college), college, grouping(programme), programme`
}

function fromFor({ college, programme, filed, filingId }: ReportSelection): string {
  const needsMore = college !== null || programme !== null || filed !== null || filingId !== null
  return needsMore ? FROM_LINES : '\n  from credit_entry e'
}
