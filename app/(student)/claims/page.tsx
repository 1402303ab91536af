import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ClaimRows } from '@/components/claims/claim-rows'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { Tabs } from '@/components/ui/tabs'
import { requireActor } from '@/lib/auth/session'
import { listClaims } from '@/lib/claims/list-claims'
import { CLAIM_FILTERS, type ClaimFilter } from '@/lib/claims/schema'
import type { ClaimList } from '@/lib/claims/view'
import { isAppError } from '@/lib/domain/errors'

type Search = Promise<Record<string, string | string[] | undefined>>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('claims')
  return { title: t('title') }
}

function hrefOf(filter: ClaimFilter, cursor: string | null = null): string {
  const search = new URLSearchParams({ ...(filter === 'open' ? {} : { filter }), ...(cursor ? { cursor } : {}) })
  return search.size === 0 ? '/claims' : `/claims?${search}`
}

async function load(...asked: Parameters<typeof listClaims>): Promise<ClaimList> {
  try {
    return await listClaims(...asked)
  } catch (error) {
    if (isAppError(error, 'invalid')) notFound()
    throw error
  }
}

export default async function ClaimsPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('student')
  const search = await searchParams
  const filter = CLAIM_FILTERS.find((one) => one === search.filter) ?? 'open'
  const cursor = typeof search.cursor === 'string' ? search.cursor : null
  const [t, list] = await Promise.all([getTranslations('claims'), load(actor, { filter, cursor })])
  const start = (
    <LinkButton href="/claims/new" variant="primary" icon="plus">
      {t('new')}
    </LinkButton>
  )
  const open = filter === 'open'
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} action={start} />
      <Tabs
        label={t('filter.label')}
        tabs={CLAIM_FILTERS.map((one) => ({ href: hrefOf(one), label: t(`filter.${one}`), current: one === filter }))}
      />
      <Panel flush>
        {list.items.length === 0 ? (
          <EmptyState icon="document" title={t(open ? 'empty.openTitle' : 'empty.title')}>
            {t(open ? 'empty.openText' : 'empty.text')}
          </EmptyState>
        ) : (
          <ClaimRows claims={list.items} timeZone={list.timeZone} />
        )}
        <Pagination
          firstHref={cursor === null ? null : hrefOf(filter)}
          nextHref={list.nextCursor === null ? null : hrefOf(filter, list.nextCursor)}
        />
      </Panel>
    </>
  )
}
