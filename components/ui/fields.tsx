'use client'

import type { ComponentProps } from 'react'
import { useField } from '@/components/ui/action-form'
import { cx } from '@/components/ui/cx'
import { CONTROL_CLASS, describedBy, FieldFrame, type FieldWords } from '@/components/ui/field-frame'

type Own<Tag extends 'input' | 'textarea' | 'select'> = FieldWords &
  Omit<ComponentProps<Tag>, 'name' | 'id' | 'defaultValue' | 'value' | 'required' | 'children'> & {
    defaultValue?: string | undefined
    /** Classes of the whole, label included. */
    frameClassName?: string
  }

/** One line of text; `type` as in HTML (text, search, email, url, number, date). */
export function TextField(props: Own<'input'>) {
  const { name, label, hint, required, defaultValue, frameClassName, className, ...rest } = props
  const { id, error, values } = useField(name)
  return (
    <FieldFrame {...{ id, name, label, hint, required, error }} className={frameClassName}>
      <input
        {...rest}
        id={id}
        name={name}
        required={required}
        defaultValue={values?.[0] ?? defaultValue}
        aria-invalid={error !== null || undefined}
        aria-describedby={describedBy(id, hint, error)}
        className={cx(CONTROL_CLASS, className)}
      />
    </FieldFrame>
  )
}

/** Several lines of text. */
export function TextareaField(props: Own<'textarea'>) {
  const { name, label, hint, required, defaultValue, frameClassName, className, rows = 4, ...rest } = props
  const { id, error, values } = useField(name)
  return (
    <FieldFrame {...{ id, name, label, hint, required, error }} className={frameClassName}>
      <textarea
        {...rest}
        id={id}
        name={name}
        rows={rows}
        required={required}
        defaultValue={values?.[0] ?? defaultValue}
        aria-invalid={error !== null || undefined}
        aria-describedby={describedBy(id, hint, error)}
        className={cx(CONTROL_CLASS, className)}
      />
    </FieldFrame>
  )
}

export type Choice = { value: string; label: string; hint?: string; disabled?: boolean }

/** One of a list. `placeholder` adds an empty first choice. */
export function SelectField({
  choices,
  placeholder,
  ...props
}: Own<'select'> & { choices: readonly Choice[]; placeholder?: string }) {
  const { name, label, hint, required, defaultValue, frameClassName, className, ...rest } = props
  const { id, error, values } = useField(name)
  const chosen = values?.[0] ?? defaultValue
  return (
    <FieldFrame {...{ id, name, label, hint, required, error }} className={frameClassName}>
      <select
        // React forgets a select's default when it resets the form: a new key draws it anew.
        key={chosen ?? ''}
        {...rest}
        id={id}
        name={name}
        required={required}
        defaultValue={chosen}
        aria-invalid={error !== null || undefined}
        aria-describedby={describedBy(id, hint, error)}
        className={cx(CONTROL_CLASS, className)}
      >
        {placeholder !== undefined ? <option value="">{placeholder}</option> : null}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.disabled}>
            {choice.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}

/** A file to send; `accept` as in HTML. The action says what sizes it takes. */
export function FileField(props: Omit<Own<'input'>, 'type' | 'defaultValue'>) {
  const { name, label, hint, required, frameClassName, className, ...rest } = props
  const { id, error } = useField(name)
  return (
    <FieldFrame {...{ id, name, label, hint, required, error }} className={frameClassName}>
      <input
        {...rest}
        id={id}
        name={name}
        type="file"
        required={required}
        aria-invalid={error !== null || undefined}
        aria-describedby={describedBy(id, hint, error)}
        className={cx(
          CONTROL_CLASS,
          'file:me-3 file:rounded-sm file:border-0 file:bg-wash file:px-3 file:py-1 file:font-medium file:text-ink',
          className,
        )}
      />
    </FieldFrame>
  )
}
