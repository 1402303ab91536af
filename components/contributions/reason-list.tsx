import { useLocale, useTranslations } from 'next-intl'
import { wordValues } from '@/components/contributions/word-values'
import { cx } from '@/components/ui/cx'
import { Icon } from '@/components/ui/icon'
import type { Reason } from '@/lib/domain/eligibility'

type Props = {
  reasons: readonly Reason[]
  timeZone: string
  /** Says it whole, with what one can do; else in a few words with the rest on demand. */
  full?: boolean
}

/** Why a contribution does not count, or what is noted beside one that does. Nothing where there is nothing to say. */
export function ReasonList({ reasons, timeZone, full }: Props) {
  const t = useTranslations('reasons')
  const locale = useLocale()
  if (reasons.length === 0) return null
  return (
    <ul className="space-y-1 text-sm">
      {reasons.map((reason) => {
        const noted = !reason.blocks && t.has(`${reason.code}.noted`)
        const text = t(`${reason.code}.${noted ? 'noted' : 'text'}`, wordValues(reason.data, { locale, timeZone }))
        return (
          <li key={reason.code} className="flex gap-2">
            <Icon
              name={reason.blocks ? 'ban' : 'info'}
              className={cx('mt-1 size-3.5', reason.blocks ? 'text-amber' : 'text-ink-faint')}
            />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="font-medium">{t(`${reason.code}.short`)}</span>
              {full ? (
                <span className="block text-ink-soft">{text}</span>
              ) : (
                <span className="text-ink-soft">
                  {locale === 'en' ? ': ' : '：'}
                  {text}
                </span>
              )}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
