import { useLocale, useTranslations } from 'next-intl'
import { LineKind } from '@/components/ledger/ledger-table'
import { Credit } from '@/components/ui/credit'
import { DateTime } from '@/components/ui/date-time'
import { TextLink } from '@/components/ui/text-link'
import { contributionReference } from '@/lib/domain/platform'
import type { OwnCredits } from '@/lib/ledger/view'

type Line = OwnCredits['lines'][number]

function Items({ line }: { line: Line }) {
  const t = useTranslations('credits')
  if (line.items.length === 0) return null
  return (
    <ul className="mt-2 space-y-1 text-sm">
      {line.items.map((item) => (
        <li key={item.evidenceId} className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="min-w-0 flex-1 basis-full sm:basis-60 [overflow-wrap:anywhere]">
            {item.title} <span className="font-mono text-ink-faint text-xs">{contributionReference(item)}</span>
          </span>
          <span className="flex flex-1 items-baseline justify-between gap-x-4 whitespace-nowrap sm:flex-none">
            <TextLink href={`/evidence/${line.claimId}/${item.evidenceId}`}>{t('evidence')}</TextLink>
            <Credit hundredths={item.hundredths} bare />
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Lines of one's own, newest first: what was credited for what, and what was put right. */
export function CreditLines({ lines, timeZone }: { lines: readonly Line[]; timeZone: string }) {
  const t = useTranslations('credits')
  const locale = useLocale()
  return (
    <ul>
      {lines.map((line) => (
        <li key={line.entryId} className="border-line border-b px-5 py-4 last:border-0">
          <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1">
            <div className="min-w-0">
              <p className="flex flex-wrap items-baseline gap-x-3">
                <span className="font-medium">{locale === 'en' ? line.term.nameEn : line.term.nameZh}</span>
                <LineKind line={line} />
              </p>
              <p className="mt-0.5 flex flex-wrap gap-x-3 text-ink-soft text-sm">
                <span>{t('line', { sequence: line.sequence })}</span>
                <DateTime value={line.issuedAt} timeZone={timeZone} style="date" />
                {line.claimId === null ? null : <TextLink href={`/claims/${line.claimId}`}>{t('claim')}</TextLink>}
                {line.filed ? <span>{t('filed')}</span> : null}
              </p>
              {line.reason === null ? null : <q className="mt-1 block text-sm">{line.reason}</q>}
            </div>
            <Credit hundredths={line.creditHundredths} signed className="font-serif text-lg" />
          </div>
          <Items line={line} />
        </li>
      ))}
    </ul>
  )
}
