import { getTranslations } from 'next-intl/server'
import { StateBadge } from '@/components/ui/badge'
import { type Column, DataTable } from '@/components/ui/data-table'
import { DateTime } from '@/components/ui/date-time'
import { EmptyState } from '@/components/ui/empty-state'
import { TextLink } from '@/components/ui/text-link'
import type { Tone } from '@/components/ui/tone'
import type { RosterImportView } from '@/lib/people/view'

const TONES: Record<RosterImportView['state'], Tone> = { previewed: 'amber', applied: 'jade', discarded: 'neutral' }

/** Where an import stands, in a word. */
export async function RosterState({ state }: { state: RosterImportView['state'] }) {
  const t = await getTranslations('roster')
  return (
    <StateBadge tone={TONES[state]} {...(state === 'discarded' ? { icon: 'trash' as const } : {})}>
      {t(`state.${state}`)}
    </StateBadge>
  )
}

/** Imports, newest first. */
export async function RosterImports({ imports, timeZone }: { imports: readonly RosterImportView[]; timeZone: string }) {
  const t = await getTranslations('roster')
  const columns: Column<RosterImportView>[] = [
    {
      key: 'file',
      header: t('history.file'),
      rowHeader: true,
      cell: ({ id, fileName }) => (
        <TextLink href={`/admin/roster/${id}`} className="break-all">
          {fileName || t('noName')}
        </TextLink>
      ),
    },
    {
      key: 'when',
      header: t('history.when'),
      cell: ({ createdAt }) => <DateTime value={createdAt} timeZone={timeZone} />,
    },
    { key: 'who', header: t('history.who'), cell: ({ memberName }) => memberName ?? t('history.operator') },
    {
      key: 'rows',
      header: t('history.rows'),
      cell: ({ summary }) =>
        t('history.counts', {
          new: summary.new,
          changed: summary.changed,
          unchanged: summary.unchanged,
          bad: summary.bad,
        }),
    },
    { key: 'state', header: t('history.state'), cell: ({ state }) => <RosterState state={state} /> },
  ]
  return (
    <DataTable
      caption={t('history.caption')}
      columns={columns}
      rows={imports}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon="spreadsheet" title={t('history.empty')}>
          {t('history.emptyText')}
        </EmptyState>
      }
    />
  )
}
