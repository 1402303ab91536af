import { getLocale, getTranslations } from 'next-intl/server'
import { ShortHash } from '@/components/ui/copyable'
import { DateTime } from '@/components/ui/date-time'
import { DescriptionList } from '@/components/ui/description-list'
import { TextLink } from '@/components/ui/text-link'
import { formatCount } from '@/lib/i18n/format'
import type { Overview } from '@/lib/people/view'

/** How far the ledger is, its newest hash, and what was filed last. */
export async function LedgerStanding({ overview: { ledger, timeZone } }: { overview: Overview }) {
  const [t, locale] = await Promise.all([getTranslations('overview'), getLocale()])
  const { lastFiling } = ledger
  const filing = lastFiling ? (
    <>
      <TextLink href={`/admin/filings/${lastFiling.filingId}`}>
        {t('ledger.filing', {
          term: locale === 'en' ? lastFiling.termNameEn : lastFiling.termNameZh,
          ordinal: lastFiling.ordinal,
        })}
      </TextLink>
      <span className="block text-ink-soft text-sm">
        {t('ledger.filed', { count: lastFiling.entryCount })} ·{' '}
        <DateTime value={lastFiling.createdAt} timeZone={timeZone} style="date" />
      </span>
    </>
  ) : (
    t('ledger.noFiling')
  )
  return (
    <DescriptionList
      items={[
        {
          term: t('ledger.entries'),
          value: <TextLink href="/admin/ledger">{formatCount(ledger.entries, locale)}</TextLink>,
        },
        {
          term: t('ledger.head'),
          value: ledger.hash == null ? '—' : <ShortHash value={ledger.hash} digits={16} />,
        },
        { term: t('ledger.lastFiling'), value: filing },
      ]}
    />
  )
}
