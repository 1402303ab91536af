import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFoundIfInvalid } from '@/app/_frame/not-found-if-invalid'
import { SkippedTable } from '@/components/sync/skipped-table'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { Tabs } from '@/components/ui/tabs'
import { requireActor, requireViewer } from '@/lib/auth/session'
import { PLATFORMS, platformName } from '@/lib/domain/platform'
import { listUniversitySkips } from '@/lib/sync/list-skipped-records'
import { skippedRecordsQuery } from '@/lib/sync/schema'

type Search = Promise<Record<string, string | string[] | undefined>>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('syncHealth')
  return { title: t('list.title') }
}

/** Records that could not be used, of one platform, newest first. */
export default async function SkippedRecordsPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('admin')
  const asked = await searchParams
  const read = skippedRecordsQuery.safeParse({ platform: asked.platform, cursor: asked.cursor ?? null })
  const query = read.success ? read.data : skippedRecordsQuery.parse({})
  const [t, viewer, page] = await Promise.all([
    getTranslations('syncHealth'),
    requireViewer(),
    listUniversitySkips(actor, query).catch(notFoundIfInvalid),
  ])
  const hrefOf = (platform: string, cursor: string | null) =>
    `/admin/sync/skipped?platform=${platform}${cursor === null ? '' : `&cursor=${cursor}`}`
  return (
    <>
      <Breadcrumbs crumbs={[{ href: '/admin/sync', label: t('title') }]} />
      <PageHeader title={t('list.title')} lead={t('list.lead')} />
      <Tabs
        label={t('list.views')}
        tabs={PLATFORMS.map((platform) => ({
          href: hrefOf(platform, null),
          label: platformName(platform),
          current: platform === query.platform,
        }))}
      />
      <Panel flush>
        <SkippedTable records={page.records} timeZone={viewer.university.timeZone} />
        <Pagination
          firstHref={query.cursor === null ? null : hrefOf(query.platform, null)}
          nextHref={page.nextCursor === null ? null : hrefOf(query.platform, page.nextCursor)}
        />
      </Panel>
    </>
  )
}
