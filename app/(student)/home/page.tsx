import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { AutoRefresh } from '@/components/claims/auto-refresh'
import { ClaimRows } from '@/components/claims/claim-rows'
import { AccountFreshness } from '@/components/contributions/account-freshness'
import { ContributionRows } from '@/components/contributions/contribution-rows'
import { LinkButton } from '@/components/ui/button'
import { Credit } from '@/components/ui/credit'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { Stat, StatRow } from '@/components/ui/stat'
import { TextLink } from '@/components/ui/text-link'
import { requireActor, requireViewer } from '@/lib/auth/session'
import { listClaims } from '@/lib/claims/list-claims'
import { summarizeContributions } from '@/lib/contributions/summarize-contributions'
import type { ContributionSummary } from '@/lib/contributions/view'
import { formatHundredths, formatMoment } from '@/lib/i18n/format'
import { listSyncStatuses } from '@/lib/sync/get-sync-status'
import { type NextStep, nextStepOf } from './next-step'

const OPEN_CLAIMS = 5

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('home')
  return { title: t('title') }
}

async function Next({ step, summary }: { step: NextStep; summary: ContributionSummary }) {
  const [t, locale] = await Promise.all([getTranslations('home.next'), getLocale()])
  const term = step.claim?.term ?? summary.term
  const values = {
    term: term === null ? '' : locale === 'en' ? term.nameEn : term.nameZh,
    count: summary.readyCount,
    credit: formatHundredths(summary.readyHundredths),
  }
  return (
    <section className="mb-6 flex flex-wrap items-center justify-between gap-x-8 gap-y-4 rounded-lg border border-line border-s-4 border-s-cinnabar bg-sheet px-5 py-5">
      <div className="min-w-0 max-w-2xl">
        <p className="text-ink-faint text-sm">{t('label')}</p>
        <h2 className="font-semibold font-serif text-xl">{t(`${step.code}.title`, values)}</h2>
        <p className="mt-1 text-ink-soft">{t(`${step.code}.text`, values)}</p>
      </div>
      <LinkButton href={step.href} variant="primary">
        {t(`${step.code}.action`)}
      </LinkButton>
    </section>
  )
}

/** The student's first page: the next thing to do, what counts now, credit so far, open claims, accounts. */
export default async function HomePage() {
  const actor = await requireActor('student')
  const [t, locale, viewer, summary, claims, statuses] = await Promise.all([
    getTranslations('home'),
    getLocale(),
    requireViewer(),
    summarizeContributions(actor),
    listClaims(actor, { filter: 'open', cursor: null, limit: OPEN_CLAIMS }),
    listSyncStatuses(actor),
  ])
  const { term, timeZone } = summary
  const lead = term
    ? t('term', {
        term: locale === 'en' ? term.nameEn : term.nameZh,
        date: formatMoment(new Date(term.endsAt.getTime() - 1), { locale, timeZone, style: 'date' }),
      })
    : t('noTerm')
  return (
    <>
      <PageHeader title={t('greeting', { name: viewer.name })} lead={lead} />
      {statuses.some(({ freshness }) => freshness === 'syncing') ? <AutoRefresh seconds={4} /> : null}
      <Next step={nextStepOf({ summary, statuses, claims: claims.items })} summary={summary} />
      <StatRow>
        <Stat
          label={t('stats.ready')}
          value={`${summary.readyCount}${summary.more ? '+' : ''}`}
          note={t('stats.readyNote', { credit: formatHundredths(summary.readyHundredths) })}
          href="/contributions?filter=counts"
          hrefLabel={t('stats.readyLink')}
        />
        <Stat
          label={t('stats.term')}
          value={<Credit hundredths={summary.creditTermHundredths} />}
          href="/credits"
          hrefLabel={t('stats.termLink')}
        />
        <Stat
          label={t('stats.total')}
          value={<Credit hundredths={summary.creditTotalHundredths} />}
          href="/credits"
          hrefLabel={t('stats.totalLink')}
        />
      </StatRow>
      <div className="mt-6 grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="min-w-0 space-y-6">
          <Panel title={t('ready.title')} aside={<TextLink href="/contributions">{t('ready.all')}</TextLink>} flush>
            {summary.ready.length > 0 ? (
              <ContributionRows contributions={summary.ready} timeZone={timeZone} />
            ) : (
              <p className="px-5 pb-4 text-ink-soft">{t('ready.none')}</p>
            )}
            {summary.readyCount > summary.ready.length ? (
              <p className="border-line border-t px-5 py-3 text-sm">
                <TextLink href="/contributions?filter=counts">
                  {t('ready.more', { count: summary.readyCount - summary.ready.length })}
                </TextLink>
              </p>
            ) : null}
          </Panel>
          <Panel title={t('claims.title')} aside={<TextLink href="/claims">{t('claims.all')}</TextLink>} flush>
            {claims.items.length > 0 ? (
              <ClaimRows claims={claims.items} timeZone={timeZone} />
            ) : (
              <p className="px-5 pb-4 text-ink-soft">{t('claims.none')}</p>
            )}
          </Panel>
        </div>
        <Panel title={t('accounts.title')} aside={<TextLink href="/accounts">{t('accounts.manage')}</TextLink>}>
          {statuses.length > 0 ? (
            <AccountFreshness statuses={statuses} timeZone={timeZone} />
          ) : (
            <p className="text-ink-soft">{t('accounts.none')}</p>
          )}
        </Panel>
      </div>
    </>
  )
}
