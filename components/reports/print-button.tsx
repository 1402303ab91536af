'use client'

import { buttonClass } from '@/components/ui/button-style'
import { Icon } from '@/components/ui/icon'

/** Prints the page; without script the browser's own menu does. */
export function PrintButton({ label }: { label: string }) {
  return (
    <button type="button" onClick={() => window.print()} className={buttonClass({ variant: 'primary' })}>
      <Icon name="printer" />
      {label}
    </button>
  )
}
