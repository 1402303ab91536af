import { getLocale, getTranslations } from 'next-intl/server'
import { StateBadge } from '@/components/ui/badge'
import { LinkButton } from '@/components/ui/button'
import { type Column, DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { TextLink } from '@/components/ui/text-link'
import { formatCount } from '@/lib/i18n/format'
import type { TermView } from '@/lib/people/view'

/** Where a term stands: closed, over but open, now, or to come. */
export async function TermState({ term }: { term: TermView }) {
  const t = await getTranslations('terms')
  if (term.closedAt !== null) return <StateBadge icon="ban">{t('state.closed')}</StateBadge>
  if (term.isOver) return <StateBadge tone="amber">{t('state.over')}</StateBadge>
  if (term.isCurrent) return <StateBadge tone="jade">{t('state.current')}</StateBadge>
  return <StateBadge icon="calendar">{t('state.toCome')}</StateBadge>
}

/** The terms with what hangs on them, newest first. */
export async function TermTable({ terms }: { terms: readonly TermView[] }) {
  const [t, locale] = await Promise.all([getTranslations('terms'), getLocale()])
  const columns: Column<TermView>[] = [
    {
      key: 'name',
      header: t('columns.name'),
      rowHeader: true,
      cell: ({ id, nameZh, nameEn, code }) => (
        <>
          <TextLink href={`/admin/terms/${id}`}>{locale === 'en' ? nameEn : nameZh}</TextLink>
          <span className="block font-mono font-normal text-ink-faint text-sm">{code}</span>
        </>
      ),
    },
    {
      key: 'days',
      header: t('columns.days'),
      cell: ({ firstDay, lastDay }) => (
        <span className="whitespace-nowrap">
          {firstDay} – {lastDay}
        </span>
      ),
    },
    { key: 'state', header: t('columns.state'), cell: (term) => <TermState term={term} /> },
    {
      key: 'waiting',
      header: t('columns.waiting'),
      align: 'end',
      cell: ({ waiting, changesRequested }) => formatCount(waiting + changesRequested, locale),
    },
    {
      key: 'approved',
      header: t('columns.approved'),
      align: 'end',
      cell: ({ approved }) => formatCount(approved, locale),
    },
    {
      key: 'entries',
      header: t('columns.entries'),
      align: 'end',
      cell: ({ id, creditEntries }) =>
        creditEntries === 0 ? (
          0
        ) : (
          <TextLink href={`/admin/ledger?term=${id}`}>{formatCount(creditEntries, locale)}</TextLink>
        ),
    },
    { key: 'filings', header: t('columns.filings'), align: 'end', cell: ({ filings }) => filings },
  ]
  return (
    <DataTable
      caption={t('caption')}
      columns={columns}
      rows={terms}
      rowKey={({ id }) => id}
      empty={
        <EmptyState
          icon="calendar"
          title={t('empty.title')}
          action={
            <LinkButton href="/admin/terms/new" variant="primary" icon="plus">
              {t('add')}
            </LinkButton>
          }
        >
          {t('empty.text')}
        </EmptyState>
      }
    />
  )
}
