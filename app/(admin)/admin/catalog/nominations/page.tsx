import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFoundIfInvalid } from '@/app/_frame/not-found-if-invalid'
import { NominationTable } from '@/components/catalog/nomination-table'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { Tabs } from '@/components/ui/tabs'
import { requireActor, requireViewer } from '@/lib/auth/session'
import { listNominations } from '@/lib/catalog/list-nominations'
import { nominationQueueQuery } from '@/lib/catalog/schema'

type Search = Promise<Record<string, string | string[] | undefined>>

const STATES = ['open', 'accepted', 'refused'] as const
const PATH = '/admin/catalog/nominations'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('nominations')
  return { title: t('title') }
}

/** What students put forward and waits for a decision, the longest waiting first; and what was decided. */
export default async function NominationQueuePage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('admin')
  const asked = await searchParams
  const read = nominationQueueQuery.safeParse({ state: asked.state, cursor: asked.cursor ?? null })
  const query = read.success ? read.data : nominationQueueQuery.parse({})
  const now = new Date()
  const [t, words, viewer, page] = await Promise.all([
    getTranslations('nominations'),
    getTranslations('catalog'),
    requireViewer(),
    listNominations(actor, query, { now }).catch(notFoundIfInvalid),
  ])
  const hrefOf = (state: string, cursor: string | null) =>
    `${PATH}?state=${state}${cursor === null ? '' : `&cursor=${cursor}`}`
  return (
    <>
      <Breadcrumbs crumbs={[{ href: '/admin/catalog', label: words('title') }]} />
      <PageHeader title={t('title')} lead={t('queue.lead')} />
      <Tabs
        label={t('queue.views')}
        tabs={STATES.map((state) => ({
          href: hrefOf(state, null),
          label: t(`state.${state}`),
          count: state === 'open' ? page.open.count : undefined,
          current: state === query.state,
        }))}
      />
      <Panel flush>
        <NominationTable
          nominations={page.nominations}
          state={query.state}
          now={now}
          timeZone={viewer.university.timeZone}
        />
        <Pagination
          firstHref={query.cursor === null ? null : hrefOf(query.state, null)}
          nextHref={page.nextCursor === null ? null : hrefOf(query.state, page.nextCursor)}
        />
      </Panel>
    </>
  )
}
