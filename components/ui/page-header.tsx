import type { ReactNode } from 'react'
import { Flash } from '@/components/ui/flash'

type Props = {
  title: ReactNode
  /** One line that says what the page is for, or how things stand. */
  lead?: ReactNode
  /** The one thing to do on the page, visible without scrolling. */
  action?: ReactNode
  /** Badges and the like, beside the title. */
  badge?: ReactNode
}

/** The head of every page: the word on what was just done, title, one line, the primary action. */
export function PageHeader({ title, lead, action, badge }: Props) {
  return (
    <>
      <Flash />
      <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 max-w-3xl">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="font-semibold font-serif text-2xl sm:text-[1.75rem]">{title}</h1>
            {badge}
          </div>
          {lead !== undefined ? <p className="mt-1 text-ink-soft">{lead}</p> : null}
        </div>
        {action !== undefined ? <div className="flex flex-wrap items-center gap-2">{action}</div> : null}
      </header>
    </>
  )
}
