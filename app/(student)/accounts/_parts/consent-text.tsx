import { getTranslations } from 'next-intl/server'

const LINES = ['reads', 'token', 'who', 'once', 'back'] as const

/** What linking means; version LINKING_CONSENT_VERSION of the text. */
export async function ConsentText() {
  const t = await getTranslations('accounts.consent')
  return (
    <ul className="max-w-prose list-disc space-y-1.5 ps-5 text-[0.9375rem] text-ink-soft">
      {LINES.map((line) => (
        <li key={line}>{t(line)}</li>
      ))}
    </ul>
  )
}
