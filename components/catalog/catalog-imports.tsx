import { getTranslations } from 'next-intl/server'
import { StateBadge } from '@/components/ui/badge'
import { type Column, DataTable } from '@/components/ui/data-table'
import { DateTime } from '@/components/ui/date-time'
import { EmptyState } from '@/components/ui/empty-state'
import { TextLink } from '@/components/ui/text-link'
import type { Tone } from '@/components/ui/tone'
import type { CatalogImport } from '@/lib/catalog/view'

const TONES: Record<CatalogImport['state'], Tone> = { previewed: 'amber', applied: 'jade', discarded: 'neutral' }

/** Where an import stands, in a word. */
export async function CatalogImportState({ state }: { state: CatalogImport['state'] }) {
  const t = await getTranslations('catalogImport')
  return (
    <StateBadge tone={TONES[state]} {...(state === 'discarded' ? { icon: 'trash' as const } : {})}>
      {t(`state.${state}`)}
    </StateBadge>
  )
}

/** Imports, newest first. */
export async function CatalogImports({ imports, timeZone }: { imports: readonly CatalogImport[]; timeZone: string }) {
  const t = await getTranslations('catalogImport')
  const columns: Column<CatalogImport>[] = [
    {
      key: 'file',
      header: t('history.file'),
      rowHeader: true,
      cell: ({ id, fileName }) => (
        <TextLink href={`/admin/catalog/import/${id}`} className="break-all">
          {fileName || t('noName')}
        </TextLink>
      ),
    },
    {
      key: 'when',
      header: t('history.when'),
      cell: ({ createdAt }) => <DateTime value={createdAt} timeZone={timeZone} />,
    },
    { key: 'who', header: t('history.who'), cell: ({ memberName }) => memberName ?? '—' },
    {
      key: 'rows',
      header: t('history.rows'),
      cell: ({ summary: { unknownHeadings: _, ...counts } }) => t('history.counts', counts),
    },
    { key: 'state', header: t('history.state'), cell: ({ state }) => <CatalogImportState state={state} /> },
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
