import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { TermFields } from '@/components/terms/term-fields'
import { ActionForm } from '@/components/ui/action-form'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { requireActor, requireViewer } from '@/lib/auth/session'
import { createTermAction } from '../actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('terms')
  return { title: t('add') }
}

/** A term to be. */
export default async function NewTermPage() {
  await requireActor('admin')
  const [t, viewer] = await Promise.all([getTranslations('terms'), requireViewer()])
  return (
    <>
      <Breadcrumbs crumbs={[{ href: '/admin/terms', label: t('title') }]} />
      <PageHeader title={t('add')} lead={t('form.lead', { timeZone: viewer.university.timeZone })} />
      <Panel className="max-w-2xl">
        <ActionForm action={createTermAction}>
          <TermFields term={null} isFixed={false} />
          <SubmitButton>{t('form.create')}</SubmitButton>
        </ActionForm>
      </Panel>
    </>
  )
}
