import { formatHundredths as plainHundredths } from '@/lib/domain/hundredths'
import type { Locale } from '@/lib/i18n/locales'

/** Integer hundredths of a credit as text with two decimals and a real minus: 150 → "1.50", -25 → "−0.25". */
export function formatHundredths(creditHundredths: number): string {
  return plainHundredths(creditHundredths).replace('-', '−')
}

export const DATE_STYLES = ['date', 'datetime', 'month', 'time'] as const
export type DateStyle = (typeof DATE_STYLES)[number]

const OPTIONS: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  date: { year: 'numeric', month: 'short', day: 'numeric' },
  datetime: { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  month: { year: 'numeric', month: 'long' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** A moment in a university's time zone and the reader's language. */
export function formatMoment(moment: Date, how: { locale: Locale; timeZone: string; style: DateStyle }): string {
  const key = `${how.locale}|${how.timeZone}|${how.style}`
  let format = formats.get(key)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(how.locale, { ...OPTIONS[how.style], timeZone: how.timeZone })
    formats.set(key, format)
  }
  return format.format(moment)
}

/** A whole number with thousands separators. */
export function formatCount(count: number, locale: Locale): string {
  return new Intl.NumberFormat(locale).format(count)
}

/** Names one after the other. Between Latin names a Chinese "and" would want spaces that its list format does not set. */
export function formatNames(names: readonly string[], locale: Locale): string {
  return locale === 'zh-CN' ? names.join('、') : new Intl.ListFormat(locale).format(names)
}
