'use client'

import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useRef } from 'react'

type Props = {
  /** What the button says to screen readers. */
  label: string
  /** What it shows. */
  button: ReactNode
  buttonClassName?: string
  panelClassName?: string
  className?: string
  children: ReactNode
}

/**
 * A button that unfolds a panel. A plain `<details>`, so it opens without script; with script it closes on
 * Esc (the focus goes back), on a press elsewhere, when the focus leaves, and when the page changes.
 */
export function Menu({ label, button, buttonClassName, panelClassName, className, children }: Props) {
  const details = useRef<HTMLDetailsElement>(null)
  const pathname = usePathname()

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page is what closes it.
  useEffect(() => {
    details.current?.removeAttribute('open')
  }, [pathname])

  useEffect(() => {
    function leave(event: Event) {
      const box = details.current
      if (box?.open && event.target instanceof Node && !box.contains(event.target)) box.open = false
    }
    function closeOnEscape(event: KeyboardEvent) {
      const box = details.current
      if (event.key !== 'Escape' || !box?.open) return
      box.open = false
      box.querySelector('summary')?.focus()
    }
    document.addEventListener('pointerdown', leave)
    document.addEventListener('focusin', leave)
    document.addEventListener('keydown', closeOnEscape)
    return () => {
      document.removeEventListener('pointerdown', leave)
      document.removeEventListener('focusin', leave)
      document.removeEventListener('keydown', closeOnEscape)
    }
  }, [])

  return (
    <details ref={details} className={className ?? 'relative'}>
      <summary
        aria-label={label}
        className={
          buttonClassName ??
          'inline-flex min-h-9 items-center gap-1.5 rounded-md px-2 text-ink-soft text-sm hover:bg-wash hover:text-ink'
        }
      >
        {button}
      </summary>
      <div
        className={
          panelClassName ??
          'absolute end-0 top-full z-40 mt-1 min-w-52 rounded-lg border border-line bg-sheet p-1.5 shadow-[0_6px_24px_rgb(0_0_0/0.14)]'
        }
      >
        {children}
      </div>
    </details>
  )
}
