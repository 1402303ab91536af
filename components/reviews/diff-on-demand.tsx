'use client'

import { type ReactNode, useState } from 'react'
import { DiffLines } from '@/components/reviews/diff-lines'

export type DiffWords = { loading: string; failed: string; noText: string; cut: string; whole: string }

type Props = {
  /** Answers with the diff of this one file. */
  source: string
  /** The same on a page of its own, for who has no script and for linking. */
  pageHref: string
  path: string
  words: DiffWords
  /** The line that opens it: status, path, sizes. */
  children: ReactNode
}

type State = { status: 'idle' | 'loading' | 'failed' } | { status: 'loaded'; patch: string | null }

function readPatch(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !('files' in answer) || !Array.isArray(answer.files)) return null
  const first: unknown = answer.files[0]
  if (typeof first !== 'object' || first === null || !('patch' in first)) return null
  return typeof first.patch === 'string' ? first.patch : null
}

/** A file of the evidence; its diff is asked for when it is opened, once. */
export function DiffOnDemand({ source, pageHref, path, words, children }: Props) {
  const [state, setState] = useState<State>({ status: 'idle' })
  async function load() {
    setState({ status: 'loading' })
    try {
      const response = await fetch(source, { headers: { accept: 'application/json' } })
      if (!response.ok) throw new Error(String(response.status))
      setState({ status: 'loaded', patch: readPatch(await response.json()) })
    } catch {
      setState({ status: 'failed' })
    }
  }
  const wanted = state.status === 'idle' || state.status === 'failed'
  return (
    <details onToggle={(event) => (event.currentTarget.open && wanted ? void load() : undefined)}>
      <summary className="flex flex-wrap items-baseline gap-x-3 rounded-sm py-0.5 hover:bg-wash">{children}</summary>
      <div className="mt-1 mb-3">
        {state.status === 'loaded' && state.patch !== null ? (
          <DiffLines patch={state.patch} label={path} cutNote={words.cut} />
        ) : null}
        <p className="text-ink-faint text-sm" role="status">
          {state.status === 'loading' ? words.loading : null}
          {state.status === 'failed' ? words.failed : null}
          {state.status === 'loaded' && state.patch === null ? words.noText : null}
        </p>
        <a href={pageHref} className="text-sm underline decoration-line-strong underline-offset-4">
          {words.whole}
        </a>
      </div>
    </details>
  )
}
