import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ColumnsTable } from '@/components/reports/columns-table'
import { ActionForm } from '@/components/ui/action-form'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { requireActor } from '@/lib/auth/session'
import { getReportColumns } from '@/lib/reports/change-columns'
import { changeColumnsAction } from '../actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reports.columns')
  return { title: t('title') }
}

/** Which columns the university's reports have, in which order, under which headings. */
export default async function ReportColumnsPage() {
  const actor = await requireActor('admin')
  const [t, { columns, fingerprint }] = await Promise.all([getTranslations('reports'), getReportColumns(actor)])
  return (
    <>
      <Breadcrumbs crumbs={[{ href: '/admin/reports', label: t('title') }]} />
      <PageHeader title={t('columns.title')} lead={t('columns.lead')} />
      <ActionForm action={changeColumnsAction}>
        <input type="hidden" name="expected" value={fingerprint} />
        <Panel flush>
          <ColumnsTable columns={columns} />
        </Panel>
        <SubmitButton pendingLabel={t('columns.saving')}>{t('columns.save')}</SubmitButton>
      </ActionForm>
    </>
  )
}
