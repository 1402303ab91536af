import { useLocale } from 'next-intl'
import { type DateStyle, formatMoment } from '@/lib/i18n/format'

type Props = {
  value: Date
  /** The university's zone, an IANA name. */
  timeZone: string
  style?: DateStyle
}

/** A moment in the university's time zone and the reader's language. For server components. */
export function DateTime({ value, timeZone, style = 'datetime' }: Props) {
  const locale = useLocale()
  return (
    <time dateTime={value.toISOString()} className="whitespace-nowrap">
      {formatMoment(value, { locale, timeZone, style })}
    </time>
  )
}
