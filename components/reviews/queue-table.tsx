import { useLocale, useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { Checkbox } from '@/components/ui/choice-fields'
import { Credit } from '@/components/ui/credit'
import { type Column, DataTable } from '@/components/ui/data-table'
import { PersonName } from '@/components/ui/person-name'
import { TextLink } from '@/components/ui/text-link'
import type { QueueItem } from '@/lib/reviews/view'

type Props = {
  items: readonly QueueItem[]
  /** `/review` or `/admin/approvals`: where a claim is read. */
  basePath: string
  now: Date
  /** Shows who endorsed. */
  endorsed: boolean
}

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

function Age({ since, now }: { since: Date; now: Date }) {
  const t = useTranslations('reviews.queue')
  const ms = Math.max(0, now.getTime() - since.getTime())
  const days = Math.floor(ms / DAY_MS)
  return (
    <time dateTime={since.toISOString()} className="whitespace-nowrap">
      {days > 0 ? t('days', { count: days }) : t('hours', { count: Math.floor(ms / HOUR_MS) })}
    </time>
  )
}

/** Claims that wait, longest first; those that may be decided unread have a box. */
export function QueueTable({ items, basePath, now, endorsed }: Props) {
  const t = useTranslations('reviews.queue')
  const locale = useLocale()
  const columns: Column<QueueItem>[] = [
    {
      key: 'box',
      header: t('column.choose'),
      hideHeader: true,
      cell: (item) =>
        item.bulk ? (
          <Checkbox
            name="claims"
            value={`${item.claimId}.${item.version}.${item.warningCount}`}
            label={t('choose', { name: item.student.name })}
            hideLabel
          />
        ) : null,
    },
    {
      key: 'student',
      header: t('column.student'),
      rowHeader: true,
      className: 'text-start',
      cell: (item) => (
        <>
          <TextLink href={`${basePath}/${item.claimId}`}>
            <PersonName name={item.student.name} number={item.student.number} />
          </TextLink>
          <span className="block font-normal text-ink-faint text-sm">{item.departmentName ?? t('noDepartment')}</span>
        </>
      ),
    },
    {
      key: 'term',
      header: t('column.term'),
      cell: ({ term }) => (locale === 'en' ? term.nameEn : term.nameZh),
    },
    { key: 'items', header: t('column.items'), align: 'end', cell: ({ itemCount }) => itemCount },
    {
      key: 'warnings',
      header: t('column.warnings'),
      cell: ({ warningCount }) =>
        warningCount === 0 ? (
          <span className="text-ink-faint">{t('noWarnings')}</span>
        ) : (
          <Badge tone="amber" icon="warning">
            {t('warnings', { count: warningCount })}
          </Badge>
        ),
    },
    ...(endorsed ? [endorserColumn(t)] : []),
    {
      key: 'credit',
      header: t('column.credit'),
      align: 'end',
      cell: ({ creditHundredths }) => (creditHundredths === null ? '–' : <Credit hundredths={creditHundredths} bare />),
    },
    {
      key: 'age',
      header: t('column.age'),
      align: 'end',
      cell: ({ queuedAt }) => <Age since={queuedAt} now={now} />,
    },
  ]
  return <DataTable caption={t('caption')} columns={columns} rows={items} rowKey={({ claimId }) => claimId} />
}

function endorserColumn(t: ReturnType<typeof useTranslations<'reviews.queue'>>): Column<QueueItem> {
  return {
    key: 'endorser',
    header: t('column.endorsedBy'),
    cell: ({ endorsedByName, endorsedByYou }) => (
      <>
        {endorsedByName ?? '–'}
        {endorsedByYou ? <span className="block text-amber text-sm">{t('byYou')}</span> : null}
      </>
    ),
  }
}
