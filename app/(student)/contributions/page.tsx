import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { AccountFreshness } from '@/components/contributions/account-freshness'
import { ContributionFilters } from '@/components/contributions/contribution-filters'
import { ContributionRows } from '@/components/contributions/contribution-rows'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { TextLink } from '@/components/ui/text-link'
import { requireActor } from '@/lib/auth/session'
import { listContributions } from '@/lib/contributions/list-contributions'
import { type ListContributionsQuery, listContributionsQuery } from '@/lib/contributions/schema'
import type { ContributionList } from '@/lib/contributions/view'
import { isAppError } from '@/lib/domain/errors'
import { listSyncStatuses } from '@/lib/sync/get-sync-status'
import { MissingContribution } from './missing-contribution'

type Search = Promise<Record<string, string | string[] | undefined>>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('contributions')
  return { title: t('title') }
}

const one = (value: string | string[] | undefined): string | null => (typeof value === 'string' && value ? value : null)

/** The address of the list with what is asked for; what is left out is the default. */
function hrefOf(query: Partial<ListContributionsQuery>): string {
  const search = new URLSearchParams()
  if (query.filter && query.filter !== 'all') search.set('filter', query.filter)
  if (query.termId) search.set('termId', query.termId)
  if (query.platform) search.set('platform', query.platform)
  if (query.cursor) search.set('cursor', query.cursor)
  const text = search.toString()
  return text === '' ? '/contributions' : `/contributions?${text}`
}

async function Empty({ list, filtered }: { list: ContributionList; filtered: boolean }) {
  const t = await getTranslations('contributions.empty')
  if (!list.hasPolicy) {
    return (
      <EmptyState icon="policy" title={t('noPolicy')}>
        {t('noPolicyText')}
      </EmptyState>
    )
  }
  if (!list.hasAccounts) {
    const link = (
      <LinkButton href="/accounts" variant="primary" icon="link">
        {t('link')}
      </LinkButton>
    )
    return (
      <EmptyState icon="link" title={t('noAccounts')} action={link}>
        {t('noAccountsText')}
      </EmptyState>
    )
  }
  if (!filtered) {
    return (
      <EmptyState icon="merge" title={t('none')}>
        {t('noneText')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon="filter"
      title={t('filtered')}
      action={<LinkButton href="/contributions">{t('showAll')}</LinkButton>}
    >
      {t('filteredText')}
    </EmptyState>
  )
}

async function loadList(actor: Parameters<typeof listContributions>[0], query: ListContributionsQuery) {
  try {
    return await listContributions(actor, query)
  } catch (error) {
    // A term or a place in the list that is not there: an address typed by hand, or an old one.
    if (isAppError(error, 'invalid') || isAppError(error, 'not_found')) notFound()
    throw error
  }
}

export default async function ContributionsPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('student')
  const search = await searchParams
  const query = listContributionsQuery.parse({
    filter: one(search.filter) ?? 'all',
    termId: one(search.termId),
    platform: one(search.platform),
    cursor: one(search.cursor),
  })
  const [t, locale, list, statuses] = await Promise.all([
    getTranslations('contributions'),
    getLocale(),
    loadList(actor, query),
    listSyncStatuses(actor),
  ])
  const filtered = query.filter !== 'all' || query.termId !== null || query.platform !== null
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        action={
          <>
            <TextLink href="#missing" className="me-2 text-sm xl:hidden">
              {t('missing.jump')}
            </TextLink>
            <LinkButton href="/claims/new" variant="primary" icon="plus">
              {t('claimSelected')}
            </LinkButton>
          </>
        }
      />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="min-w-0">
          <ContributionFilters
            query={query}
            hrefOf={hrefOf}
            terms={list.terms.map((term) => ({ id: term.id, name: locale === 'en' ? term.nameEn : term.nameZh }))}
          />
          <Panel flush>
            {list.items.length === 0 && list.nextCursor === null ? (
              <Empty list={list} filtered={filtered} />
            ) : (
              <ContributionRows contributions={list.items} timeZone={list.timeZone} />
            )}
            <Pagination
              firstHref={query.cursor === null ? null : hrefOf({ ...query, cursor: null })}
              nextHref={list.nextCursor === null ? null : hrefOf({ ...query, cursor: list.nextCursor })}
            />
          </Panel>
        </div>
        <div className="min-w-0 space-y-6">
          <MissingContribution actor={actor} address={one(search.missing)} timeZone={list.timeZone} />
          {statuses.length > 0 ? (
            <Panel title={t('freshness.title')}>
              <AccountFreshness statuses={statuses} timeZone={list.timeZone} />
              <p className="mt-3 text-sm">
                <TextLink href="/accounts">{t('freshness.manage')}</TextLink>
              </p>
            </Panel>
          ) : null}
        </div>
      </div>
    </>
  )
}
