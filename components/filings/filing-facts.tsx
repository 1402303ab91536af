import { useLocale, useTranslations } from 'next-intl'
import { Copyable } from '@/components/ui/copyable'
import { Credit } from '@/components/ui/credit'
import { DateTime } from '@/components/ui/date-time'
import { DescriptionList } from '@/components/ui/description-list'
import { Details } from '@/components/ui/details'
import { TextLink } from '@/components/ui/text-link'
import { formatCount } from '@/lib/i18n/format'
import type { FilingView } from '@/lib/reports/view'

/** What a filing holds in figures, and its signature. */
export function FilingFacts({ filing, timeZone }: { filing: FilingView; timeZone: string }) {
  const t = useTranslations('filings')
  const locale = useLocale()
  return (
    <>
      <DescriptionList
        items={[
          { term: t('entries'), value: formatCount(filing.entries, locale) },
          { term: t('credit'), value: <Credit hundredths={filing.totalHundredths} /> },
          { term: t('column.when'), value: <DateTime value={filing.createdAt} timeZone={timeZone} /> },
          { term: t('column.by'), value: filing.byName },
          { term: t('lastLine'), value: filing.lastSequence },
          { term: t('digest'), value: <Copyable value={filing.entriesSha256} /> },
        ]}
      />
      <Details summary={t('signature')} className="mt-4">
        <p className="mb-2 text-ink-soft text-sm">
          {t('signatureText')} <TextLink href="/api/ledger/keys">{t('keys')}</TextLink>
        </p>
        <Copyable value={filing.signedHead} className="block rounded-md bg-wash p-3" />
      </Details>
    </>
  )
}
