import type { ReactNode } from 'react'

type Props = {
  /** What is going on; it names the bar. */
  label: string
  /** How far; null while that is not known. */
  value: number | null
  max?: number
  /** In words, beside the label: “320 of 1,204”. */
  note?: ReactNode
}

/** A bar that moves. */
export function Progress({ label, value, max = 100, note }: Props) {
  return (
    <div>
      <div className="mb-1 flex flex-wrap justify-between gap-x-4 text-sm">
        <span>{label}</span>
        {note !== undefined ? <span className="text-ink-soft">{note}</span> : null}
      </div>
      <progress aria-label={label} value={value ?? undefined} max={max} className="progress-bar block w-full" />
    </div>
  )
}
