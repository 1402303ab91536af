'use client'

import type { ComponentProps, MouseEvent } from 'react'
import { useFormStatus } from 'react-dom'
import { type ButtonSize, type ButtonVariant, buttonClass } from '@/components/ui/button-style'
import { cx } from '@/components/ui/cx'

type Props = ComponentProps<'button'> & {
  variant?: ButtonVariant
  size?: ButtonSize
  /** Said in place of the label while the form is on its way. */
  pendingLabel?: string
}

/** Submits its form; while that runs it stays focusable, is dimmed and takes no second press. */
export function SubmitButton({
  variant = 'primary',
  size,
  pendingLabel,
  className,
  children,
  onClick,
  ...rest
}: Props) {
  const { pending } = useFormStatus()
  function press(event: MouseEvent<HTMLButtonElement>) {
    if (pending) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      {...rest}
      type="submit"
      onClick={press}
      aria-disabled={pending || undefined}
      className={buttonClass({ variant, size, className: cx(pending && 'cursor-progress', className) })}
    >
      <span aria-live="polite">{pending && pendingLabel ? pendingLabel : children}</span>
    </button>
  )
}
