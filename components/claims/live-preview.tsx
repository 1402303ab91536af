'use client'

import { useEffect, useRef, useState, useTransition } from 'react'
import type { FormAnswer } from '@/lib/domain/form-state'

/** The figure of a choice, already in words. */
export type PreviewWords = { figure: string; note: string | null }

type Props = {
  label: string
  /** What is said while nothing is chosen. */
  idle: string
  /** What is said when no answer comes at all; saving shows the figure then. */
  failed: string
  initial: PreviewWords | null
  action: (data: FormData) => Promise<FormAnswer<PreviewWords | null>>
}

const WAIT_MS = 250
/** Of the form's fields, what the figure depends on. */
const ASKED = ['contributionIds', 'termId', 'claimId'] as const

function questionOf(form: HTMLFormElement): FormData {
  const all = new FormData(form)
  const question = new FormData()
  for (const name of ASKED) for (const value of all.getAll(name)) question.append(name, value)
  return question
}

/** Says what the choice of the form around it would give, whenever the choice changes. Without script, saving says it. */
export function LivePreview({ label, idle, failed, initial, action }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const [words, setWords] = useState(initial)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [pending, start] = useTransition()
  useEffect(() => {
    const form = place.current?.closest('form')
    if (!form) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let asked = 0
    const ask = () => {
      const mine = ++asked
      start(async () => {
        try {
          const answer = await action(questionOf(form))
          if (mine !== asked) return
          setRefusal(answer.status === 'error' ? answer.message : null)
          if (answer.status === 'ok') setWords(answer.value)
        } catch {
          if (mine === asked) setRefusal(failed)
        }
      })
    }
    const change = (event: Event) => {
      if (event.target instanceof HTMLInputElement && event.target.name === 'contributionIds') {
        clearTimeout(timer)
        timer = setTimeout(ask, WAIT_MS)
      }
    }
    form.addEventListener('change', change)
    return () => {
      clearTimeout(timer)
      form.removeEventListener('change', change)
    }
  }, [action, failed])
  return (
    <div ref={place} aria-live="polite" aria-busy={pending} className="min-h-12">
      <p className="text-ink-faint text-sm">{label}</p>
      {refusal !== null || words === null ? (
        <p className="text-ink-soft text-sm leading-8">{refusal ?? idle}</p>
      ) : (
        <p className={pending ? 'opacity-60' : ''}>
          <span className="font-serif text-2xl tabular-nums leading-8">{words.figure}</span>
          {words.note === null ? null : <span className="ms-3 text-amber text-sm">{words.note}</span>}
        </p>
      )}
    </div>
  )
}
