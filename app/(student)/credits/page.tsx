import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { CreditLines } from '@/components/ledger/credit-lines'
import { LinkButton } from '@/components/ui/button'
import { Credit } from '@/components/ui/credit'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { Stat, StatRow } from '@/components/ui/stat'
import { requireActor } from '@/lib/auth/session'
import { isAppError } from '@/lib/domain/errors'
import { listOwnCredits } from '@/lib/ledger/list-own-credits'
import type { OwnCredits } from '@/lib/ledger/view'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('credits')
  return { title: t('title') }
}

async function load(cursor: string | null): Promise<OwnCredits> {
  const actor = await requireActor('student')
  try {
    return await listOwnCredits(actor, { cursor })
  } catch (error) {
    if (isAppError(error, 'invalid')) notFound()
    throw error
  }
}

const TERMS_SHOWN = 3

/** What one was credited: the sums, and each line with the way to its evidence. */
export default async function CreditsPage({ searchParams }: Props) {
  const { cursor } = await searchParams
  const position = typeof cursor === 'string' ? cursor : null
  const [t, locale, credits] = await Promise.all([getTranslations('credits'), getLocale(), load(position)])
  if (credits.lines.length === 0 && position === null) {
    return (
      <>
        <PageHeader title={t('title')} lead={t('lead')} />
        <Panel flush>
          <EmptyState
            icon="stamp"
            title={t('empty')}
            action={
              <LinkButton href="/claims" variant="primary">
                {t('toClaims')}
              </LinkButton>
            }
          >
            {t('emptyText')}
          </EmptyState>
        </Panel>
      </>
    )
  }
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <StatRow>
        <Stat label={t('total')} value={<Credit hundredths={credits.totalHundredths} />} note={t('totalNote')} />
        {credits.terms.slice(0, TERMS_SHOWN).map((term) => (
          <Stat
            key={term.termId}
            label={locale === 'en' ? term.nameEn : term.nameZh}
            value={<Credit hundredths={term.creditHundredths} />}
          />
        ))}
      </StatRow>
      <Panel title={t('lines')} className="mt-6" flush>
        <CreditLines lines={credits.lines} timeZone={credits.timeZone} />
        <Pagination
          firstHref={position === null ? null : '/credits'}
          nextHref={credits.nextCursor === null ? null : `/credits?cursor=${credits.nextCursor}`}
        />
      </Panel>
    </>
  )
}
