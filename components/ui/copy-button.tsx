'use client'

import { type MouseEvent, useState } from 'react'
import { Icon } from '@/components/ui/icon'

type Props = { value: string; label: string; copiedLabel: string }

/** Copies what stands before it. Where the browser lets no page copy, that is selected, for the reader's own keys to do it. */
export function CopyButton({ value, label, copiedLabel }: Props) {
  const [isCopied, setIsCopied] = useState(false)
  const copy = async ({ currentTarget }: MouseEvent<HTMLButtonElement>): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value)
      setIsCopied(true)
    } catch {
      const text = currentTarget.parentElement?.querySelector('code')
      if (text) window.getSelection()?.selectAllChildren(text)
    }
  }
  return (
    <>
      <button
        type="button"
        onClick={copy}
        onBlur={() => setIsCopied(false)}
        className="ms-1 inline-flex size-6 items-center justify-center rounded-sm align-middle text-ink-soft hover:bg-wash hover:text-ink noscript:hidden"
      >
        <Icon name={isCopied ? 'check' : 'copy'} className="size-3.5" />
        <span className="sr-only">{label}</span>
      </button>
      <span role="status" className="sr-only">
        {isCopied ? copiedLabel : ''}
      </span>
    </>
  )
}
