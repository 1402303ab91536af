import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { useTranslations } from 'next-intl'
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
import { readLineNumber } from '@/lib/ledger/schema'
import type { LedgerPage } from '@/lib/ledger/view'
import { verifyLedgerAction } from './actions'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const querySchema = z.object({
  term: z.uuid().optional().catch(undefined),
  number: z.string().trim().max(40).optional().catch(undefined),
  line: z.string().trim().max(200).optional().catch(undefined),
  cursor: z.string().optional().catch(undefined),
})
type Query = z.output<typeof querySchema>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('ledger')
  return { title: t('title') }
}

function hrefOf({ term, number, line }: Query, cursor: string | null): string {
  const search = new URLSearchParams({
    ...(term ? { term } : {}),
    ...(number ? { number } : {}),
    ...(line ? { line } : {}),
    ...(cursor ? { cursor } : {}),
  })
  return search.size === 0 ? '/admin/ledger' : `/admin/ledger?${search}`
}

async function load(query: Query): Promise<LedgerPage> {
  const actor = await requireActor('admin')
  const { term = null, number, line, cursor = null } = query
  // What is no number is the number of no line.
  const sequence = line ? (readLineNumber(line) ?? 0) : null
  try {
    return await listLedger(actor, { sequence, termId: term, studentNumber: number || null, cursor })
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
      <TextField
        name="line"
        label={t('lineNumber')}
        defaultValue={query.line}
        inputMode="numeric"
        maxLength={200}
        frameClassName="w-full sm:w-32"
      />
      <Button type="submit">{t('filter')}</Button>
      {query.term || query.number || query.line ? (
        <LinkButton href="/admin/ledger" variant="quiet">
          {t('clear')}
        </LinkButton>
      ) : null}
    </form>
  )
}

/** Why the line that was asked for is not shown: no number, not written yet, or one that the other fields leave out. */
function NoSuchLine({ line, page }: { line: string; page: LedgerPage }) {
  const t = useTranslations('ledger')
  const last = page.head.sequence
  const number = readLineNumber(line)
  if (last === 0) return t('emptyText')
  if (number === null) return t('notANumber')
  if (number > last || number === 0) return t('noSuchLine', { sequence: number, last })
  return t('lineLeftOut', { sequence: number })
}

/** The whole ledger, and whether it holds. */
export default async function AdminLedgerPage({ searchParams }: Props) {
  const query = querySchema.parse(await searchParams)
  const [t, page] = await Promise.all([getTranslations('ledger'), load(query)])
  const filtered = Boolean(query.term || query.number || query.line || query.cursor)
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
            {query.line ? <NoSuchLine line={query.line} page={page} /> : t(filtered ? 'emptyFilterText' : 'emptyText')}
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
