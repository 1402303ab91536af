import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { AuditThingLink } from '@/components/audit/audit-thing'
import { Credit } from '@/components/ui/credit'
import { DateTime } from '@/components/ui/date-time'
import { Details } from '@/components/ui/details'
import type { AuditEventView, AuditValue } from '@/lib/audit/view'
import { formatCount } from '@/lib/i18n/format'

type Props = { event: AuditEventView; timeZone: string }

/** What is known of an event beside who, what and on what; in words, with ways to what it names. */
export async function AuditDetails({ event, timeZone }: Props) {
  const t = await getTranslations('audit')
  if (event.details.length === 0 && event.reason === '') return t('noDetails')
  return (
    <Details summary={t('columns.details')}>
      <dl className="text-sm">
        {event.details.map(({ key, value }) => (
          <div key={key} className="flex flex-wrap gap-x-2">
            {/* An event of a newer version of the app may have what this one has no word for. */}
            <dt className="text-ink-faint">{t.has(`detail.${key}`) ? t(`detail.${key}`) : key}</dt>
            <dd className="break-all">
              <Value value={value} timeZone={timeZone} />
            </dd>
          </div>
        ))}
      </dl>
      {event.reason === '' ? null : <p className="text-sm">{event.reason}</p>}
    </Details>
  )
}

async function Value({ value, timeZone }: { value: AuditValue | null; timeZone: string }): Promise<ReactNode> {
  const t = await getTranslations('audit')
  if (value === null) return t('nothing')
  switch (value.kind) {
    case 'text':
      return <bdi>{value.text}</bdi>
    case 'number':
      return formatCount(value.number, await getLocale())
    case 'credit':
      return <Credit hundredths={value.hundredths} />
    case 'yes':
      return t(value.yes ? 'yes' : 'no')
    case 'moment':
      return <DateTime value={value.at} timeZone={timeZone} />
    case 'checksum':
      return <code className="text-xs">{value.text}</code>
    case 'word':
      return wordOf(value)
    case 'thing':
      return value.thing.name === null ? t('gone') : <AuditThingLink thing={value.thing} />
    case 'list':
      return value.values.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: written once, never reordered
        <span key={index}>
          {index === 0 ? '' : t('and')}
          <Value value={one} timeZone={timeZone} />
        </span>
      ))
    case 'change':
      return (
        <>
          <Value value={value.from} timeZone={timeZone} /> → <Value value={value.to} timeZone={timeZone} />
        </>
      )
  }
}

/** The word for a code, where another area has one that needs nothing filled in; else the code. */
async function wordOf({ code, message }: Extract<AuditValue, { kind: 'word' }>): Promise<string> {
  const t = await getTranslations()
  const words: unknown = t.has(message) ? t.raw(message) : null
  return typeof words === 'string' && !words.includes('{') ? words : code
}
