import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { ChainState } from '@/components/ledger/chain-state'
import { LedgerTable } from '@/components/ledger/ledger-table'
import { Button, LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { SelectField, TextField } from '@/components/ui/fields'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { requireActor } from '@/lib/auth/session'
import { isAppError } from '@/lib/domain/errors'
import { listLedger } from '@/lib/ledger/list-ledger'
import type { LedgerPage } from '@/lib/ledger/view'
import { verifyLedgerAction } from './actions'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const querySchema = z.object({
  term: z.uuid().optional().catch(undefined),
  number: z.string().trim().max(40).optional().catch(undefined),
  cursor: z.string().optional().catch(undefined),
})
type Query = z.output<typeof querySchema>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('ledger')
  return { title: t('title') }
}

function hrefOf({ term, number }: Query, cursor: string | null): string {
  const search = new URLSearchParams({
    ...(term ? { term } : {}),
    ...(number ? { number } : {}),
    ...(cursor ? { cursor } : {}),
  })
  return search.size === 0 ? '/admin/ledger' : `/admin/ledger?${search}`
}

async function load(query: Query): Promise<LedgerPage> {
  const actor = await requireActor('admin')
  const { term = null, number, cursor = null } = query
  try {
    return await listLedger(actor, { termId: term, studentNumber: number || null, cursor })
  } catch (error) {
    if (isAppError(error, 'invalid')) notFound()
    throw error
  }
}

async function Filter({ query, page }: { query: Query; page: LedgerPage }) {
  const [t, locale] = await Promise.all([getTranslations('ledger'), getLocale()])
  return (
    <form className="flex flex-wrap items-end gap-3 px-5 pb-4" action="/admin/ledger">
      <SelectField
        name="term"
        label={t('column.term')}
        placeholder={t('allTerms')}
        defaultValue={query.term}
        choices={page.terms.map(({ termId, nameZh, nameEn }) => ({
          value: termId,
          label: locale === 'en' ? nameEn : nameZh,
        }))}
        frameClassName="w-full sm:w-64"
      />
      <TextField
        name="number"
        label={t('number')}
        defaultValue={query.number}
        maxLength={40}
        frameClassName="w-full sm:w-44"
      />
      <Button type="submit">{t('filter')}</Button>
      {query.term || query.number ? (
        <LinkButton href="/admin/ledger" variant="quiet">
          {t('clear')}
        </LinkButton>
      ) : null}
    </form>
  )
}

/** The whole ledger, and whether it holds. */
export default async function AdminLedgerPage({ searchParams }: Props) {
  const query = querySchema.parse(await searchParams)
  const [t, page] = await Promise.all([getTranslations('ledger'), load(query)])
  const filtered = Boolean(query.term || query.number || query.cursor)
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <ChainState page={page} verifyAction={verifyLedgerAction} />
      <Panel title={t('lines')} flush>
        <Filter query={query} page={page} />
        {page.lines.length === 0 ? (
          <EmptyState
            icon="ledger"
            title={t(filtered ? 'emptyFilter' : 'empty')}
            action={
              filtered ? (
                <LinkButton href="/admin/ledger">{t('showAll')}</LinkButton>
              ) : (
                <LinkButton href="/admin/approvals">{t('toApprovals')}</LinkButton>
              )
            }
          >
            {t(filtered ? 'emptyFilterText' : 'emptyText')}
          </EmptyState>
        ) : (
          <LedgerTable lines={page.lines} timeZone={page.timeZone} />
        )}
        <Pagination
          firstHref={query.cursor ? hrefOf(query, null) : null}
          nextHref={page.nextCursor === null ? null : hrefOf(query, page.nextCursor)}
        />
      </Panel>
    </>
  )
}
