import { useLocale, useTranslations } from 'next-intl'
import { ClaimStateBadge } from '@/components/claims/claim-state'
import { Credit } from '@/components/ui/credit'
import { type Column, DataTable } from '@/components/ui/data-table'
import { DateTime } from '@/components/ui/date-time'
import { TextLink } from '@/components/ui/text-link'
import type { ClaimListItem } from '@/lib/claims/view'
import { standingOf } from '@/lib/domain/claim-credit'

type Props = { claims: readonly ClaimListItem[]; timeZone: string }

/** Claims of one student, newest first. */
export function ClaimRows({ claims, timeZone }: Props) {
  const t = useTranslations('claims')
  const locale = useLocale()
  const columns: Column<ClaimListItem>[] = [
    {
      key: 'claim',
      header: t('column.claim'),
      rowHeader: true,
      className: 'text-start',
      cell: ({ claimId, term }) => (
        <TextLink href={`/claims/${claimId}`}>
          {t('name', { term: locale === 'en' ? term.nameEn : term.nameZh })}
        </TextLink>
      ),
    },
    {
      key: 'state',
      header: t('column.state'),
      cell: ({ state, credit }) => <ClaimStateBadge state={standingOf(state, credit)} />,
    },
    { key: 'items', header: t('column.items'), align: 'end', cell: ({ itemCount }) => itemCount },
    {
      key: 'credit',
      header: t('column.credit'),
      align: 'end',
      cell: ({ creditHundredths }) =>
        creditHundredths === null ? (
          <span className="text-ink-faint">–</span>
        ) : (
          <Credit hundredths={creditHundredths} bare />
        ),
    },
    {
      key: 'updated',
      header: t('column.updated'),
      align: 'end',
      cell: ({ updatedAt }) => <DateTime value={updatedAt} timeZone={timeZone} style="date" />,
    },
  ]
  return <DataTable caption={t('caption')} columns={columns} rows={claims} rowKey={({ claimId }) => claimId} />
}
