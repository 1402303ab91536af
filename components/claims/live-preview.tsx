'use client'

import { useEffect, useRef, useState, useTransition } from 'react'

/** The figure of a choice, already in words. */
export type PreviewWords = { figure: string; note: string | null }

type Props = {
  label: string
  /** What is said while nothing is chosen. */
  idle: string
  /** What is said when the figure cannot be had; saving shows it then. */
  failed: string
  initial: PreviewWords | null
  action: (data: FormData) => Promise<PreviewWords | null>
}

const WAIT_MS = 250

/** Says what the choice of the form around it would give, whenever the choice changes. Without script, saving says it. */
export function LivePreview({ label, idle, failed, initial, action }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const [words, setWords] = useState(initial)
  const [broken, setBroken] = useState(false)
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
          const answer = await action(new FormData(form))
          if (mine === asked) {
            setWords(answer)
            setBroken(false)
          }
        } catch {
          if (mine === asked) setBroken(true)
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
  }, [action])
  return (
    <div ref={place} aria-live="polite" aria-busy={pending} className="min-h-12">
      <p className="text-ink-faint text-sm">{label}</p>
      {broken || words === null ? (
        <p className="text-ink-soft text-sm leading-8">{broken ? failed : idle}</p>
      ) : (
        <p className={pending ? 'opacity-60' : ''}>
          <span className="font-serif text-2xl tabular-nums leading-8">{words.figure}</span>
          {words.note === null ? null : <span className="ms-3 text-amber text-sm">{words.note}</span>}
        </p>
      )}
    </div>
  )
}
