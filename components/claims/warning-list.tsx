import { useLocale, useTranslations } from 'next-intl'
import { wordValues } from '@/components/contributions/word-values'
import { Icon } from '@/components/ui/icon'
import type { Warning } from '@/lib/domain/warnings'

type Props = {
  warnings: readonly Warning[]
  timeZone: string
  /** Says that there are none; else there is nothing. */
  sayNone?: boolean
}

/** What a reviewer should look at, each with what it rests on. */
export function WarningList({ warnings, timeZone, sayNone }: Props) {
  const t = useTranslations('warnings')
  const locale = useLocale()
  if (warnings.length === 0) return sayNone ? <p className="text-ink-soft text-sm">{t('none')}</p> : null
  return (
    <ul className="space-y-1 text-sm">
      {warnings.map((warning) => (
        <li key={`${warning.code}${JSON.stringify(warning.proof)}`} className="flex gap-2">
          <Icon name="warning" className="mt-1 size-3.5 text-amber" />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <span className="font-medium">{t(`${warning.code}.short`)}</span>
            <span className="text-ink-soft">
              {locale === 'en' ? ': ' : '：'}
              {t(`${warning.code}.text`, wordValues(warning.proof, { locale, timeZone }))}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
