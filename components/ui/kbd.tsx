import type { ReactNode } from 'react'

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded-sm border border-line-strong bg-wash px-1.5 font-mono text-ink-soft text-xs">
      {children}
    </kbd>
  )
}
