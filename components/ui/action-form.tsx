'use client'

import { createContext, type ReactNode, useActionState, useContext, useEffect, useId, useRef, useState } from 'react'
import { type FormAction, type FormState, IDLE } from '@/components/ui/form-state'

type FormContextValue = { id: string; state: FormState }

const FormContext = createContext<FormContextValue | null>(null)

/** What the form around a field knows about it: its id, its error, what was typed last time. */
export function useField(name: string): { id: string; error: string | null; values: readonly string[] | null } {
  const context = useContext(FormContext)
  const alone = useId()
  if (context === null) return { id: `${alone}${name}`, error: null, values: null }
  const failed = context.state.status === 'error' ? context.state : null
  return {
    id: `${context.id}${name}`,
    error: failed?.fieldErrors[name] ?? null,
    // Once a form was refused, a box that is not in `values` was left empty.
    values: failed === null || Object.keys(failed.values).length === 0 ? null : (failed.values[name] ?? []),
  }
}

/** The words that name a field on the page, with the colon of the page's language. */
function nameOf(id: string): string {
  const field = document.getElementById(id)
  const label = document.querySelector(`label[for="${CSS.escape(id)}"]`) ?? field?.querySelector('legend')
  const text = label?.firstChild?.textContent?.trim()
  if (!text) return ''
  return document.documentElement.lang.startsWith('zh') ? `${text}：` : `${text}: `
}

function ErrorSummary({ formId, state }: { formId: string; state: Extract<FormState, { status: 'error' }> }) {
  const box = useRef<HTMLDivElement>(null)
  const [names, setNames] = useState<Record<string, string>>({})
  // A new refusal is a new object: the fields are named and the reader is taken to what is wrong.
  useEffect(() => {
    setNames(Object.fromEntries(Object.keys(state.fieldErrors).map((name) => [name, nameOf(formId + name)])))
    box.current?.focus()
  }, [state, formId])
  const fields = Object.entries(state.fieldErrors)
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="rounded-md border border-cinnabar/50 bg-cinnabar-wash px-4 py-3 text-[0.9375rem]"
    >
      <p className="font-medium text-cinnabar">{state.message}</p>
      {fields.length > 0 ? (
        <ul className="mt-1 list-disc ps-5">
          {fields.map(([name, message]) => (
            <li key={name}>
              <a href={`#${formId}${name}`} className="underline underline-offset-4">
                {names[name]}
                {message}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {state.requestId !== null ? <p className="mt-1 font-mono text-ink-soft text-xs">{state.requestId}</p> : null}
    </div>
  )
}

type Props = { action: FormAction; className?: string; children: ReactNode }

/**
 * A form around a server action made by `createAction`. Works without script. When the action refuses,
 * the reason stands on top and at its field, what was typed is kept, and the focus goes to the reason.
 */
export function ActionForm({ action, className, children }: Props) {
  const id = useId()
  const [state, send] = useActionState(action, IDLE)
  return (
    <FormContext value={{ id, state }}>
      <form action={send} noValidate className={className ?? 'space-y-5'}>
        {state.status === 'error' ? <ErrorSummary formId={id} state={state} /> : null}
        {state.status === 'ok' && state.message !== null ? (
          <p role="status" className="rounded-md border border-jade/40 bg-jade-wash px-4 py-3 text-[0.9375rem]">
            {state.message}
          </p>
        ) : null}
        {children}
      </form>
    </FormContext>
  )
}
