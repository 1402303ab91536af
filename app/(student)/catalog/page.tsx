import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFoundIfInvalid } from '@/app/_frame/not-found-if-invalid'
import { catalogAddress, readCatalogAddress } from '@/components/catalog/catalog-address'
import { CatalogFilter } from '@/components/catalog/catalog-filter'
import { CatalogTable } from '@/components/catalog/catalog-table'
import { LinkButton } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { requireActor } from '@/lib/auth/session'
import { listCatalog } from '@/lib/catalog/list-catalog'

type Search = Promise<Record<string, string | string[] | undefined>>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('catalog')
  return { title: t('title') }
}

/** What counts, for every member to look up. */
export default async function CatalogPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor()
  const query = readCatalogAddress(await searchParams)
  const [t, { lines, nextCursor }] = await Promise.all([
    getTranslations('catalog'),
    listCatalog(actor, query).catch(notFoundIfInvalid),
  ])
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        action={
          <LinkButton href="/catalog/nominations" icon="plus">
            {t('nominate')}
          </LinkButton>
        }
      />
      <Panel className="mb-6">
        <CatalogFilter query={query} path="/catalog" withOwn={false} />
      </Panel>
      <Panel flush>
        <CatalogTable lines={lines} editable={false} />
        <Pagination
          firstHref={query.cursor === null ? null : catalogAddress('/catalog', query, null)}
          nextHref={nextCursor === null ? null : catalogAddress('/catalog', query, nextCursor)}
        />
      </Panel>
    </>
  )
}
