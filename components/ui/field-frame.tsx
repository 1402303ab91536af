'use client'

import type { ReactNode } from 'react'
import { cx } from '@/components/ui/cx'

export const CONTROL_CLASS =
  'block w-full min-h-10 rounded-md border border-line-strong bg-sheet px-3 py-1.5 text-ink placeholder:text-ink-faint ' +
  'disabled:bg-wash disabled:text-ink-faint aria-invalid:border-cinnabar aria-invalid:ring-1 aria-invalid:ring-cinnabar'

export type FieldWords = {
  name: string
  label: ReactNode
  /** Stands between the label and the field. */
  hint?: ReactNode
  required?: boolean | undefined
}

/** Ids of hint and error for `aria-describedby`, those that exist. */
export function describedBy(id: string, hint: ReactNode, error: string | null): string | undefined {
  return cx(hint !== undefined && `${id}-hint`, error !== null && `${id}-error`) || undefined
}

export function RequiredMark() {
  return (
    <span aria-hidden="true" className="ms-0.5 text-cinnabar">
      *
    </span>
  )
}

export function Hint({ id, children }: { id: string; children: ReactNode }) {
  if (children === undefined) return null
  return (
    <span id={`${id}-hint`} className="block text-ink-faint text-sm">
      {children}
    </span>
  )
}

export function FieldError({ id, error }: { id: string; error: string | null }) {
  if (error === null) return null
  return (
    <span id={`${id}-error`} className="mt-1 block font-medium text-cinnabar text-sm">
      {error}
    </span>
  )
}

type Props = FieldWords & { id: string; error: string | null; className?: string | undefined; children: ReactNode }

/** Label, hint, control, error, in this order. */
export function FieldFrame({ id, label, hint, required, error, className, children }: Props) {
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block font-medium text-[0.9375rem]">
        {label}
        {required ? <RequiredMark /> : null}
      </label>
      {hint !== undefined ? (
        <div className="-mt-1 mb-1">
          <Hint id={id}>{hint}</Hint>
        </div>
      ) : null}
      {children}
      <FieldError id={id} error={error} />
    </div>
  )
}
