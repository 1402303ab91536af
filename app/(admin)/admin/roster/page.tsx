import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFoundIfInvalid } from '@/app/_frame/not-found-if-invalid'
import { RosterImports } from '@/components/roster/roster-imports'
import { ActionForm } from '@/components/ui/action-form'
import { LinkButton } from '@/components/ui/button'
import { FileField } from '@/components/ui/fields'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { requireActor, requireViewer } from '@/lib/auth/session'
import { listRosterImports } from '@/lib/people/list-roster-imports'
import { MAX_ROSTER_BYTES, MAX_ROSTER_ROWS } from '@/lib/people/roster-table'
import { uploadRosterAction } from './actions'

type Search = Promise<Record<string, string | string[] | undefined>>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('roster')
  return { title: t('title') }
}

/** Where a roster is handed in, and what was handed in before. */
export default async function RosterPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('admin')
  const { cursor: asked } = await searchParams
  const cursor = typeof asked === 'string' && asked !== '' ? asked : null
  const [t, viewer, { imports, nextCursor }] = await Promise.all([
    getTranslations('roster'),
    requireViewer(),
    listRosterImports(actor, { cursor }).catch(notFoundIfInvalid),
  ])
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_20rem]">
        <Panel title={t('upload.title')}>
          <ActionForm action={uploadRosterAction}>
            <FileField
              name="file"
              label={t('upload.file')}
              hint={t('upload.hint', { megabytes: MAX_ROSTER_BYTES / 1_048_576, rows: MAX_ROSTER_ROWS })}
              accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              required
            />
            <SubmitButton pendingLabel={t('upload.pending')}>{t('upload.button')}</SubmitButton>
          </ActionForm>
        </Panel>
        <Panel title={t('columns.title')} lead={t('columns.lead')}>
          <ul className="mb-4 list-disc space-y-1 ps-5 text-sm">
            <li>{t('columns.required')}</li>
            <li>{t('columns.optional')}</li>
            <li>{t('columns.roles')}</li>
            <li>{t('columns.again')}</li>
          </ul>
          <LinkButton href="/api/roster/template" size="sm" icon="download">
            {t('columns.template')}
          </LinkButton>
        </Panel>
      </div>
      <Panel title={t('history.title')} flush className="mt-6">
        <RosterImports imports={imports} timeZone={viewer.university.timeZone} />
        <Pagination
          firstHref={cursor === null ? null : '/admin/roster'}
          nextHref={nextCursor === null ? null : `/admin/roster?cursor=${nextCursor}`}
        />
      </Panel>
    </>
  )
}
