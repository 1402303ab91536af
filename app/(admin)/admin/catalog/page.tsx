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
import { countNominations } from '@/lib/catalog/count-nominations'
import { listCatalog } from '@/lib/catalog/list-catalog'

type Search = Promise<Record<string, string | string[] | undefined>>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('catalog')
  return { title: t('title') }
}

/** The catalog with the university's own word, for admins to change. */
export default async function AdminCatalogPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('admin')
  const query = readCatalogAddress(await searchParams)
  const [t, { lines, nextCursor }, openNominations] = await Promise.all([
    getTranslations('catalog'),
    listCatalog(actor, query).catch(notFoundIfInvalid),
    countNominations(actor),
  ])
  return (
    <>
      <PageHeader
        title={t('admin.title')}
        lead={t('admin.lead')}
        action={
          <div className="flex flex-wrap gap-3">
            <LinkButton href="/admin/catalog/opt-outs" icon="ban">
              {t('optOuts')}
            </LinkButton>
            <LinkButton href="/admin/catalog/import" icon="spreadsheet">
              {t('importExport')}
            </LinkButton>
            <LinkButton href="/admin/catalog/nominations" icon="inbox">
              {t('nominations', { count: openNominations })}
            </LinkButton>
            <LinkButton href="/admin/catalog/entry" variant="primary" icon="plus">
              {t('add')}
            </LinkButton>
          </div>
        }
      />
      <Panel className="mb-6">
        <CatalogFilter query={query} path="/admin/catalog" withOwn={true} />
      </Panel>
      <Panel flush>
        <CatalogTable lines={lines} editable={true} />
        <Pagination
          firstHref={query.cursor === null ? null : catalogAddress('/admin/catalog', query, null)}
          nextHref={nextCursor === null ? null : catalogAddress('/admin/catalog', query, nextCursor)}
        />
      </Panel>
    </>
  )
}
