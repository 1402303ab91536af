import { useTranslations } from 'next-intl'
import { cx } from '@/components/ui/cx'
import { formatHundredths } from '@/lib/i18n/format'

type Props = {
  /** Integer hundredths of a credit. */
  hundredths: number
  /** Leaves the unit to the column's header. */
  bare?: boolean
  /** A plus before what is added, as in a ledger. */
  signed?: boolean
  className?: string
}

/** Credit as a figure with two decimals and its unit. For server components. */
export function Credit({ hundredths, bare, signed, className }: Props) {
  const t = useTranslations('ui')
  const figure = `${signed && hundredths > 0 ? '+' : ''}${formatHundredths(hundredths)}`
  return (
    <span className={cx('whitespace-nowrap tabular-nums', className)}>
      {bare ? (
        figure
      ) : (
        <>
          {figure}
          <span className="ms-1 font-normal font-sans text-[0.8125em] text-ink-soft">
            {t('creditUnit', { hundredths })}
          </span>
        </>
      )}
    </span>
  )
}
