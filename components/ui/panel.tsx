import type { ReactNode } from 'react'
import { cx } from '@/components/ui/cx'

type PanelProps = {
  title?: ReactNode
  /** One line under the title. */
  lead?: ReactNode
  /** Stands at the end of the title line: a link, a small button. */
  aside?: ReactNode
  /** Takes the padding away, for a table that reaches the edge. */
  flush?: boolean
  headingLevel?: 2 | 3
  id?: string
  className?: string
  children: ReactNode
}

/** A sheet of paper on the desk: one subject, with its title. */
export function Panel({ title, lead, aside, flush, headingLevel = 2, id, className, children }: PanelProps) {
  const Heading = headingLevel === 2 ? 'h2' : 'h3'
  const headed = title !== undefined || aside !== undefined
  return (
    <section id={id} className={cx('rounded-lg border border-line bg-sheet', className)}>
      {headed ? (
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-5 pt-4">
          <div>
            {title !== undefined ? <Heading className="font-semibold text-base">{title}</Heading> : null}
            {lead !== undefined ? <p className="text-ink-faint text-sm">{lead}</p> : null}
          </div>
          {aside !== undefined ? <div className="text-sm">{aside}</div> : null}
        </div>
      ) : null}
      <div className={cx(flush ? (headed ? 'pt-3' : '') : headed ? 'px-5 pt-3 pb-5' : 'p-5')}>{children}</div>
    </section>
  )
}
