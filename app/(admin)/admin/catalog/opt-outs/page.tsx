import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFoundIfInvalid } from '@/app/_frame/not-found-if-invalid'
import { OptOutTable } from '@/components/catalog/opt-out-table'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { Tabs } from '@/components/ui/tabs'
import { requireActor } from '@/lib/auth/session'
import { listOptOuts } from '@/lib/catalog/list-opt-outs'
import { optOutQueueQuery } from '@/lib/catalog/schema'

type Search = Promise<Record<string, string | string[] | undefined>>

const STATES = ['open', 'granted', 'refused'] as const
const PATH = '/admin/catalog/opt-outs'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('maintainers')
  return { title: t('queue.title') }
}

/** What maintainers ask for. The operator decides for all universities; an admin may exclude at their own meanwhile. */
export default async function OptOutsPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('admin')
  const asked = await searchParams
  const read = optOutQueueQuery.safeParse({ state: asked.state, cursor: asked.cursor ?? null })
  const query = read.success ? read.data : optOutQueueQuery.parse({})
  const [t, words, page] = await Promise.all([
    getTranslations('maintainers'),
    getTranslations('catalog'),
    listOptOuts(actor, query).catch(notFoundIfInvalid),
  ])
  const hrefOf = (state: string, cursor: string | null) =>
    `${PATH}?state=${state}${cursor === null ? '' : `&cursor=${cursor}`}`
  return (
    <>
      <Breadcrumbs crumbs={[{ href: '/admin/catalog', label: words('title') }]} />
      <PageHeader title={t('queue.title')} lead={t('queue.lead')} />
      <Tabs
        label={t('queue.views')}
        tabs={STATES.map((state) => ({
          href: hrefOf(state, null),
          label: t(`state.${state}`),
          current: state === query.state,
        }))}
      />
      <Panel flush>
        <OptOutTable requests={page.requests} state={query.state} now={new Date()} />
        <Pagination
          firstHref={query.cursor === null ? null : hrefOf(query.state, null)}
          nextHref={page.nextCursor === null ? null : hrefOf(query.state, page.nextCursor)}
        />
      </Panel>
    </>
  )
}
