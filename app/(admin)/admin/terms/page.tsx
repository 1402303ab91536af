import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { TermTable } from '@/components/terms/term-table'
import { LinkButton } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { requireActor } from '@/lib/auth/session'
import { listTerms } from '@/lib/people/list-terms'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('terms')
  return { title: t('title') }
}

/** The university's terms. */
export default async function TermsPage() {
  const actor = await requireActor('admin')
  const [t, { terms, timeZone }] = await Promise.all([getTranslations('terms'), listTerms(actor, { now: new Date() })])
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead', { timeZone })}
        action={
          <LinkButton href="/admin/terms/new" variant="primary" icon="plus">
            {t('add')}
          </LinkButton>
        }
      />
      <Panel flush>
        <TermTable terms={terms} />
      </Panel>
    </>
  )
}
