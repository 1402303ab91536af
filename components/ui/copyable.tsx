import { useTranslations } from 'next-intl'
import { CopyButton } from '@/components/ui/copy-button'
import { cx } from '@/components/ui/cx'

/** A hash or a signature, whole, to be copied by its button or by one click on it. */
export function Copyable({ value, className }: { value: string; className?: string }) {
  const t = useTranslations('ui.copy')
  return (
    <span className={cx('font-mono text-xs', className)}>
      <code className="select-all [overflow-wrap:anywhere]">{value}</code>
      <CopyButton value={value} label={t('label')} copiedLabel={t('copied')} />
    </span>
  )
}

type ShortProps = { value: string /** Digits that are shown at rest. */; digits: number; className?: string }

/** A hash where there is little room: its beginning, and the whole of it on demand; works without any script. */
export function ShortHash({ value, digits, className }: ShortProps) {
  return (
    <details className={className}>
      <summary className="inline-flex min-h-6 items-center rounded-sm font-mono text-ink-faint text-xs underline decoration-dotted underline-offset-4 hover:text-ink">
        {value.slice(0, digits)}…
      </summary>
      <Copyable value={value} className="block max-w-[17.5rem] pb-1 text-ink" />
    </details>
  )
}
