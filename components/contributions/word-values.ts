import type { ReasonData } from '@/lib/domain/errors'
import { formatMoment } from '@/lib/i18n/format'
import type { Locale } from '@/lib/i18n/locales'

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/

/**
 * A code's data as its words take it: instants as days in the university's time zone, what is unknown as `none`, and
 * yes and no as text (the words choose by them).
 */
export function wordValues(
  data: ReasonData,
  how: { locale: Locale; timeZone: string },
): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]): [string, string | number] => {
      if (typeof value === 'number') return [key, value]
      if (typeof value === 'string' && INSTANT.test(value)) {
        return [key, formatMoment(new Date(value), { ...how, style: 'datetime' })]
      }
      return [key, value === null || value === '' ? 'none' : String(value)]
    }),
  )
}
