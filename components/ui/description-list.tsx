import type { ReactNode } from 'react'

export type Description = { term: string; value: ReactNode }

/** Names and values of one thing. */
export function DescriptionList({ items }: { items: readonly Description[] }) {
  return (
    <dl className="grid gap-x-6 gap-y-0 text-[0.9375rem] sm:grid-cols-[minmax(7rem,max-content)_1fr] sm:gap-y-2">
      {items.map((item) => (
        <div key={item.term} className="contents">
          <dt className="mt-2 text-ink-faint max-sm:text-sm sm:mt-0">{item.term}</dt>
          <dd className="min-w-0">{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
