import type { ReactNode } from 'react'
import { cx } from '@/components/ui/cx'
import { Icon } from '@/components/ui/icon'

type Props = { summary: ReactNode; open?: boolean; className?: string; children: ReactNode }

/** More of the same, on demand; works without any script. */
export function Details({ summary, open, className, children }: Props) {
  return (
    <details open={open} className={cx('group', className)}>
      <summary className="inline-flex items-center gap-1.5 rounded-sm text-ink-soft hover:text-ink">
        <Icon name="chevron-right" className="size-4 transition-transform group-open:rotate-90" />
        <span>{summary}</span>
      </summary>
      <div className="mt-2 ps-6">{children}</div>
    </details>
  )
}
