import { writeXlsx } from 'hucre/xlsx'
import { ROSTER_COLUMNS, type RosterColumn } from '@/lib/domain/roster'
import { HEADINGS } from './parse-roster'
import { type RosterActor, rosterPlace } from './roster-actor'

export type TemplateLocale = 'zh' | 'en'

const WIDTHS: Readonly<Record<RosterColumn, number>> = {
  studentNumber: 18,
  name: 14,
  college: 22,
  programme: 22,
  className: 12,
  email: 28,
  roles: 12,
}
const ROLE_WORDS = { zh: ['学生', '教师', '管理员'], en: ['student', 'reviewer', 'admin'] }

/** Rows whose number cells are text from the start, so that typing 0230417001 keeps its zero. */
const TEXT_ROWS = 2000

/** An empty roster to fill in (xlsx), its headings and role words in one language. */
export async function writeRosterTemplate(
  actor: RosterActor,
  { locale }: { locale: TemplateLocale },
): Promise<Uint8Array<ArrayBuffer>> {
  rosterPlace(actor)
  const columns = ROSTER_COLUMNS.map((column) => ({
    header: HEADINGS[column][locale],
    key: column,
    width: WIDTHS[column],
    ...(column === 'studentNumber' ? { numFmt: '@' } : {}),
  }))
  const book = await writeXlsx({
    sheets: [
      {
        name: locale === 'zh' ? '名册' : 'Roster',
        columns,
        data: Array.from({ length: TEXT_ROWS }, () => ({ studentNumber: null })),
        freezePane: { rows: 1 },
        dataValidations: [
          { type: 'list', values: ROLE_WORDS[locale], range: `G2:G${TEXT_ROWS + 1}`, allowBlank: true },
        ],
      },
    ],
  })
  return Uint8Array.from(book)
}
