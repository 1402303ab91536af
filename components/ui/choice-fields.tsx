'use client'

import type { ComponentProps, ReactNode } from 'react'
import { useField } from '@/components/ui/action-form'
import { cx } from '@/components/ui/cx'
import { describedBy, FieldError, type FieldWords, Hint, RequiredMark } from '@/components/ui/field-frame'
import type { Choice } from '@/components/ui/fields'

const BOX = 'mt-1 size-4 shrink-0 accent-cinnabar'

type CheckboxProps = Omit<ComponentProps<'input'>, 'type' | 'name' | 'checked' | 'required' | 'children'> &
  FieldWords & {
    value?: string
    /** The label is said, not shown: a box at the head of a row that names itself. */
    hideLabel?: boolean
  }

/** A box to tick. Several of one name make a list; sent as `on` unless `value` says otherwise. */
export function Checkbox(props: CheckboxProps) {
  const { name, label, hint, required, value = 'on', defaultChecked, hideLabel, className, ...rest } = props
  const field = useField(name)
  const id = value === 'on' ? field.id : `${field.id}-${value}`
  const checked = field.values === null ? Boolean(defaultChecked) : field.values.includes(value)
  const error = value === 'on' ? field.error : null
  return (
    <div className={className}>
      <label htmlFor={id} className="flex min-h-6 items-start gap-2.5">
        <input
          {...rest}
          key={String(checked)}
          id={id}
          name={name}
          type="checkbox"
          value={value}
          required={required}
          defaultChecked={checked}
          aria-invalid={error !== null || undefined}
          aria-describedby={describedBy(id, hint, error)}
          className={BOX}
        />
        <span className={hideLabel ? 'sr-only' : ''}>
          {label}
          {required ? <RequiredMark /> : null}
          <Hint id={id}>{hint}</Hint>
        </span>
      </label>
      <FieldError id={id} error={error} />
    </div>
  )
}

type GroupProps = FieldWords & { className?: string }

function Group({
  id,
  label,
  hint,
  required,
  error,
  className,
  children,
}: GroupProps & { id: string; error: string | null; children: ReactNode }) {
  return (
    <fieldset id={id} tabIndex={-1} aria-describedby={describedBy(id, hint, error)} className={className}>
      <legend className="mb-1 font-medium text-[0.9375rem]">
        {label}
        {required ? <RequiredMark /> : null}
      </legend>
      <Hint id={id}>{hint}</Hint>
      <div className="mt-1 space-y-1.5">{children}</div>
      <FieldError id={id} error={error} />
    </fieldset>
  )
}

/** One of a few, all in sight. */
export function RadioGroup({
  choices,
  defaultValue,
  ...props
}: GroupProps & { choices: readonly Choice[]; defaultValue?: string }) {
  const { id, error, values } = useField(props.name)
  const chosen = values === null ? defaultValue : values[0]
  return (
    <Group {...props} id={id} error={error}>
      {choices.map((choice) => (
        <label key={`${choice.value}${chosen === choice.value}`} className="flex min-h-6 items-start gap-2.5">
          <input
            type="radio"
            name={props.name}
            value={choice.value}
            required={props.required}
            disabled={choice.disabled}
            defaultChecked={chosen === choice.value}
            className={BOX}
          />
          <span className={cx(choice.disabled && 'text-ink-faint')}>
            {choice.label}
            {choice.hint !== undefined ? <span className="block text-ink-faint text-sm">{choice.hint}</span> : null}
          </span>
        </label>
      ))}
    </Group>
  )
}

/** Any of a few, all in sight; sent as a list under one name. */
export function CheckboxGroup({
  choices,
  defaultValues = [],
  ...props
}: GroupProps & { choices: readonly Choice[]; defaultValues?: readonly string[] }) {
  const { id, error, values } = useField(props.name)
  const chosen = values ?? defaultValues
  return (
    <Group {...props} id={id} error={error}>
      {choices.map((choice) => (
        <label key={`${choice.value}${chosen.includes(choice.value)}`} className="flex min-h-6 items-start gap-2.5">
          <input
            type="checkbox"
            name={props.name}
            value={choice.value}
            disabled={choice.disabled}
            defaultChecked={chosen.includes(choice.value)}
            className={BOX}
          />
          <span>
            {choice.label}
            {choice.hint !== undefined ? <span className="block text-ink-faint text-sm">{choice.hint}</span> : null}
          </span>
        </label>
      ))}
    </Group>
  )
}
