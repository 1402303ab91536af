'use client'

import { useSyncExternalStore } from 'react'
import { buttonClass } from '@/components/ui/button-style'

/** An error page cannot ask the server for words: these few come with it, in both languages. */
const WORDS = {
  zh: {
    title: '页面出错了',
    text: '出了点问题，不是您的操作造成的。可以重试；如仍不行，请把编号告诉管理员。',
    retry: '重试',
    home: '返回首页',
    reference: '编号',
  },
  en: {
    title: 'This page failed',
    text: 'Something went wrong on our side. Try again; if it persists, give the reference to your administrator.',
    retry: 'Try again',
    home: 'Go home',
    reference: 'Reference',
  },
} as const

const never = () => () => undefined
const pageLanguage = () => (document.documentElement.lang.startsWith('en') ? 'en' : 'zh')

/** What a reader sees when a page failed: what to do, and the reference the log is searched by. */
export function Failure({ error, retry }: { error: unknown; retry: () => void }) {
  const words = WORDS[useSyncExternalStore(never, pageLanguage, () => 'zh' as const)]
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <div role="alert" className="mx-auto max-w-xl px-5 py-16 text-center">
      <h1 className="font-semibold font-serif text-2xl">{words.title}</h1>
      <p className="mt-2 text-ink-soft">{words.text}</p>
      {digest === null ? null : (
        <p className="mt-2 font-mono text-ink-faint text-sm">
          {words.reference} {digest}
        </p>
      )}
      <div className="mt-6 flex justify-center gap-2">
        <button type="button" onClick={retry} className={buttonClass({ variant: 'primary' })}>
          {words.retry}
        </button>
        {/* A whole new page, not a route of the one that failed. */}
        <a href="/" className={buttonClass({})}>
          {words.home}
        </a>
      </div>
    </div>
  )
}
