import { getTranslations } from 'next-intl/server'
import { NominationState } from '@/components/catalog/nomination-state'
import { Badge } from '@/components/ui/badge'
import { type Column, DataTable } from '@/components/ui/data-table'
import { DateTime } from '@/components/ui/date-time'
import { EmptyState } from '@/components/ui/empty-state'
import type { NominationView } from '@/lib/catalog/view'
import { platformName } from '@/lib/domain/platform'

type Props = { nominations: readonly NominationView[]; timeZone: string }

/** What a member put forward, with what came of it and why. */
export async function OwnNominationTable({ nominations, timeZone }: Props) {
  const t = await getTranslations('nominations')
  const columns: Column<NominationView>[] = [
    {
      key: 'repository',
      header: t('columns.repository'),
      rowHeader: true,
      cell: ({ owner, name, platform }) => (
        <>
          <span className="break-all">{`${owner}/${name}`}</span>{' '}
          <Badge className="font-normal">{platformName(platform)}</Badge>
        </>
      ),
    },
    {
      key: 'state',
      header: t('columns.state'),
      cell: ({ state, decisionReason, evidenceState }) => (
        <>
          <NominationState state={state} />
          {state === 'open' && evidenceState === 'not_found' ? (
            <span className="block max-w-96 text-ink-soft text-sm">{t('evidenceText.not_found')}</span>
          ) : null}
          {decisionReason === '' ? null : (
            <span className="block max-w-96 text-ink-soft text-sm [overflow-wrap:anywhere]">{decisionReason}</span>
          )}
        </>
      ),
    },
    {
      key: 'when',
      header: t('columns.when'),
      cell: ({ createdAt }) => <DateTime value={createdAt} timeZone={timeZone} style="date" />,
    },
  ]
  return (
    <DataTable
      caption={t('own.caption')}
      columns={columns}
      rows={nominations}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon="catalog" title={t('own.empty.title')}>
          {t('own.empty.text')}
        </EmptyState>
      }
    />
  )
}
