import type { ReactNode } from 'react'
import { cx } from '@/components/ui/cx'
import { Icon, type IconName } from '@/components/ui/icon'

export const NOTICE_KINDS = ['info', 'attention', 'success', 'danger'] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

const LOOKS: Record<NoticeKind, { frame: string; ink: string; icon: IconName }> = {
  info: { frame: 'border-indigo/40 bg-indigo-wash', ink: 'text-indigo', icon: 'info' },
  attention: { frame: 'border-amber/40 bg-amber-wash', ink: 'text-amber', icon: 'warning' },
  success: { frame: 'border-jade/40 bg-jade-wash', ink: 'text-jade', icon: 'success' },
  danger: { frame: 'border-cinnabar/40 bg-cinnabar-wash', ink: 'text-cinnabar', icon: 'alert' },
}

type Props = {
  kind?: NoticeKind
  title?: ReactNode
  /** Announced at once when it appears: for what follows an act of the reader. */
  live?: boolean
  action?: ReactNode
  className?: string
  children?: ReactNode
}

/** Something the reader should know, on the page itself. */
export function Notice({ kind = 'info', title, live, action, className, children }: Props) {
  const look = LOOKS[kind]
  return (
    <div
      role={live ? (kind === 'danger' ? 'alert' : 'status') : undefined}
      className={cx('flex gap-3 rounded-md border px-4 py-3 text-[0.9375rem] text-ink', look.frame, className)}
    >
      <Icon name={look.icon} className={cx('mt-1 size-4', look.ink)} />
      <div className="min-w-0 flex-1">
        {title !== undefined ? <p className="font-medium">{title}</p> : null}
        {children !== undefined ? <div>{children}</div> : null}
      </div>
      {action !== undefined ? <div className="self-center">{action}</div> : null}
    </div>
  )
}
