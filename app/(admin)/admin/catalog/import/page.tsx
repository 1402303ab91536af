import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFoundIfInvalid } from '@/app/_frame/not-found-if-invalid'
import { uploadCatalogFileAction } from '@/app/(admin)/admin/catalog/import/actions'
import { CatalogImports } from '@/components/catalog/catalog-imports'
import { ActionForm } from '@/components/ui/action-form'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { LinkButton } from '@/components/ui/button'
import { FileField } from '@/components/ui/fields'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { requireActor, requireViewer } from '@/lib/auth/session'
import { MAX_CATALOG_FILE_BYTES, MAX_CATALOG_FILE_ROWS } from '@/lib/catalog/import-records'
import { listCatalogImports } from '@/lib/catalog/list-catalog-imports'
import { CATALOG_ENCODINGS } from '@/lib/catalog/schema'

type Search = Promise<Record<string, string | string[] | undefined>>

const NAMES = { 'utf-8-bom': 'utf8', gb18030: 'gb18030' } as const

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('catalogImport')
  return { title: t('title') }
}

/** Where the university's own words go out and come in as a file, and what came in before. */
export default async function CatalogImportPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('admin')
  const { cursor: asked } = await searchParams
  const cursor = typeof asked === 'string' && asked !== '' ? asked : null
  const [t, words, locale, viewer, { imports, nextCursor }] = await Promise.all([
    getTranslations('catalogImport'),
    getTranslations('catalog'),
    getLocale(),
    requireViewer(),
    listCatalogImports(actor, { cursor }).catch(notFoundIfInvalid),
  ])
  const language = locale === 'en' ? 'en' : 'zh'
  return (
    <>
      <Breadcrumbs crumbs={[{ href: '/admin/catalog', label: words('title') }]} />
      <PageHeader title={t('title')} lead={t('lead')} />
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_22rem]">
        <Panel title={t('upload.title')}>
          <ActionForm action={uploadCatalogFileAction}>
            <FileField
              name="file"
              label={t('upload.file')}
              hint={t('upload.hint', { megabytes: MAX_CATALOG_FILE_BYTES / 1_048_576, rows: MAX_CATALOG_FILE_ROWS })}
              accept=".csv,text/csv"
              required
            />
            <SubmitButton pendingLabel={t('upload.pending')}>{t('upload.button')}</SubmitButton>
          </ActionForm>
        </Panel>
        <div className="space-y-6">
          <Panel title={t('download.title')} lead={t('download.lead')}>
            <div className="flex flex-wrap gap-3">
              {CATALOG_ENCODINGS.map((encoding) => (
                <LinkButton
                  key={encoding}
                  href={`/api/catalog/overrides?${new URLSearchParams({ encoding, language })}`}
                  download=""
                  size="sm"
                  icon="download"
                >
                  {t(`download.${NAMES[encoding]}`)}
                </LinkButton>
              ))}
            </div>
          </Panel>
          <Panel title={t('columns.title')}>
            <ul className="list-disc space-y-1 ps-5 text-sm">
              <li>{t('columns.required')}</li>
              <li>{t('columns.optional')}</li>
              <li>{t('columns.status')}</li>
              <li>{t('columns.again')}</li>
            </ul>
          </Panel>
        </div>
      </div>
      <Panel title={t('history.title')} flush className="mt-6">
        <CatalogImports imports={imports} timeZone={viewer.university.timeZone} />
        <Pagination
          firstHref={cursor === null ? null : '/admin/catalog/import'}
          nextHref={nextCursor === null ? null : `/admin/catalog/import?cursor=${nextCursor}`}
        />
      </Panel>
    </>
  )
}
