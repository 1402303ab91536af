import type { ReportLanguage } from '@/lib/domain/report-columns'
import type { exportSchema } from './schema'

type Asked = Pick<
  ReturnType<typeof exportSchema.parse>,
  'termId' | 'college' | 'programme' | 'state' | 'kind' | 'from' | 'to'
>

const STATES = {
  'zh-CN': { filed: '已备案', not_filed: '未备案' },
  en: { filed: 'filed', not_filed: 'not filed' },
} as const
const KINDS = {
  'zh-CN': { award: '认定', correction: '更正', revocation: '撤销' },
  en: { award: 'awards', correction: 'corrections', revocation: 'revocations' },
} as const

/** What a report is narrowed to, as its file says it: no code and no id. */
export function filterInWords(
  { termId, college, programme, state, kind, from, to }: Asked,
  { termName, language }: { termName: string | null; language: ReportLanguage },
): string {
  const english = language === 'en'
  const say = (zh: string, en: string) => (english ? en : zh)
  const none = say('（未填）', '(none given)')
  const parts = [
    termId && say(`学期：${termName ?? '—'}`, `term: ${termName ?? '—'}`),
    college && say(`学院：${college}`, `college: ${college}`),
    programme && say('专业：', 'programme: ') + (programme === '-' ? none : programme),
    state !== 'all' && STATES[language][state],
    kind && say(`类别：${KINDS['zh-CN'][kind]}`, `only ${KINDS.en[kind]}`),
    from && say(`认定日期自 ${from}`, `credited from ${from}`),
    to && say(`认定日期至 ${to}（含）`, `credited up to ${to}, included`),
  ].filter((part) => typeof part === 'string')
  return parts.length === 0 ? say('全部', 'everything') : parts.join(say('；', '; '))
}
