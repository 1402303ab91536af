import type { ReactNode } from 'react'
import { cx } from '@/components/ui/cx'
import type { Tone } from '@/components/ui/tone'

export type TimelineEntry = {
  key: string
  title: ReactNode
  /** When, as `<DateTime …/>`. */
  when: ReactNode
  tone?: Tone
  children?: ReactNode
}

const DOTS: Record<Tone, string> = {
  neutral: 'bg-line-strong',
  jade: 'bg-jade',
  amber: 'bg-amber',
  cinnabar: 'bg-cinnabar',
  indigo: 'bg-indigo',
}

/** What happened, in order. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className="ms-1.5 border-line border-s">
      {entries.map((entry) => (
        <li key={entry.key} className="relative pb-5 ps-5 last:pb-0">
          <span
            aria-hidden="true"
            className={cx('-start-[0.3125rem] absolute top-2 size-2.5 rounded-full', DOTS[entry.tone ?? 'neutral'])}
          />
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <p className="font-medium">{entry.title}</p>
            <p className="text-ink-faint text-sm">{entry.when}</p>
          </div>
          {entry.children !== undefined ? <div className="text-ink-soft text-sm">{entry.children}</div> : null}
        </li>
      ))}
    </ol>
  )
}
