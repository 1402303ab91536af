'use client'

import { type ReactNode, useId, useRef } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from '@/components/ui/button-style'

type Props = {
  /** Words of the button that opens it. */
  trigger: ReactNode
  title: string
  /** Words of the way back. */
  cancelLabel: string
  variant?: ButtonVariant
  size?: ButtonSize
  /** Of the button that opens it. */
  className?: string
  /** What it means, and the form that does it (an ActionForm with its SubmitButton). */
  children: ReactNode
}

/** Asks before something that cannot be taken back. The browser's own dialog: Esc closes, focus returns. */
export function ConfirmDialog({ trigger, title, cancelLabel, variant, size, className, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  return (
    <>
      <button
        type="button"
        onClick={() => dialog.current?.showModal()}
        className={buttonClass({ variant, size, className })}
      >
        {trigger}
      </button>
      <dialog
        ref={dialog}
        aria-labelledby={titleId}
        className="m-auto w-[min(32rem,calc(100vw-2rem))] rounded-lg border border-line bg-sheet p-6 text-start text-ink"
      >
        <h2 id={titleId} className="mb-2 font-semibold font-serif text-xl">
          {title}
        </h2>
        <div className="space-y-4">{children}</div>
        <form method="dialog" className="mt-2">
          <button type="submit" className={buttonClass({ variant: 'quiet', className: 'w-full' })}>
            {cancelLabel}
          </button>
        </form>
      </dialog>
    </>
  )
}
