import Link from 'next/link'
import type { ReactNode } from 'react'

type Props = {
  label: ReactNode
  /** The figure: `<Credit …/>` or a number already formatted. */
  value: ReactNode
  /** What it is made of, or since when. */
  note?: ReactNode
  /** The way to the evidence under the figure. */
  href?: string
  /** Words of that way; needed with `href`. */
  hrefLabel?: string
}

/** A figure with its name and the way to what lies under it. Stand several in `<StatRow>`. */
export function Stat({ label, value, note, href, hrefLabel }: Props) {
  return (
    <div className="min-w-0 flex-1 basis-40 px-5 py-4">
      <dt className="text-ink-faint text-sm">{label}</dt>
      <dd className="mt-0.5">
        <span className="block font-serif text-2xl leading-tight">{value}</span>
        {note !== undefined ? <span className="block text-ink-soft text-sm">{note}</span> : null}
        {href !== undefined ? (
          <Link
            href={href}
            prefetch={false}
            className="text-sm underline decoration-line-strong underline-offset-4 hover:text-cinnabar"
          >
            {hrefLabel}
          </Link>
        ) : null}
      </dd>
    </div>
  )
}

/** Figures side by side, wrapping on a phone. */
export function StatRow({ children }: { children: ReactNode }) {
  return (
    <dl className="flex flex-wrap divide-line overflow-hidden rounded-lg border border-line bg-sheet sm:divide-x">
      {children}
    </dl>
  )
}
