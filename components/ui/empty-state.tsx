import type { ReactNode } from 'react'
import { Icon, type IconName } from '@/components/ui/icon'

type Props = {
  icon?: IconName
  title: ReactNode
  /** What to do next, in words. */
  children?: ReactNode
  /** … and as a button. */
  action?: ReactNode
}

/** An empty list says what to do next. */
export function EmptyState({ icon = 'inbox', title, children, action }: Props) {
  return (
    <div className="flex flex-col items-center px-5 py-10 text-center">
      <Icon name={icon} className="size-7 text-ink-faint" />
      <p className="mt-3 font-medium">{title}</p>
      {children !== undefined ? <div className="mt-1 max-w-prose text-ink-soft text-sm">{children}</div> : null}
      {action !== undefined ? <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  )
}
