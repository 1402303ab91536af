import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { Backlog } from '@/components/overview/backlog'
import { LedgerStanding } from '@/components/overview/ledger-standing'
import { SyncFailures } from '@/components/overview/sync-failures'
import { TaskList } from '@/components/overview/task-list'
import { DateTime } from '@/components/ui/date-time'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { Stat, StatRow } from '@/components/ui/stat'
import { requireActor } from '@/lib/auth/session'
import { formatCount } from '@/lib/i18n/format'
import { getOverview, LATE_AFTER_DAYS, OLD_AFTER_DAYS } from '@/lib/people/get-overview'
import type { Overview } from '@/lib/people/view'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('overview')
  return { title: t('title') }
}

/** What needs doing now; each figure is a way to its page. */
export default async function OverviewPage() {
  const actor = await requireActor('admin')
  const now = new Date()
  const [t, locale, overview] = await Promise.all([
    getTranslations('overview'),
    getLocale(),
    getOverview(actor, { now }),
  ])
  const { term } = overview
  const termName = term && (locale === 'en' ? term.nameEn : term.nameZh)
  return (
    <>
      <PageHeader title={t('title')} lead={termName ? t('lead', { term: termName }) : t('leadNoTerm')} />
      <Figures overview={overview} />
      <div className="mt-6 grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
        <div className="space-y-6">
          <Panel title={t('tasks.title')}>
            <TaskList tasks={overview.tasks} />
          </Panel>
          <Panel id="backlog" title={t('backlog.title')} lead={t('backlog.lead')} flush>
            <Backlog rows={overview.backlog} now={now} days={{ old: OLD_AFTER_DAYS, late: LATE_AFTER_DAYS }} />
          </Panel>
        </div>
        <div className="space-y-6">
          <Panel title={t('ledger.title')}>
            <LedgerStanding overview={overview} />
          </Panel>
          <Panel title={t('sync.title')} lead={t('sync.lead')}>
            <SyncFailures failures={overview.syncFailures} />
          </Panel>
        </div>
      </div>
    </>
  )
}

async function Figures({ overview }: { overview: Overview }) {
  const [t, locale] = await Promise.all([getTranslations('overview'), getLocale()])
  const { approvals, backlog, ledger, timeZone, collecting, evidenceFailed } = overview
  const waiting = backlog.reduce((sum, { count }) => sum + count, 0)
  return (
    <StatRow>
      <Stat
        label={t('figures.approvals')}
        value={formatCount(approvals.count, locale)}
        note={
          approvals.oldestAt ? (
            <>
              {t('figures.since')} <DateTime value={approvals.oldestAt} timeZone={timeZone} style="date" />
            </>
          ) : (
            t('figures.none')
          )
        }
        href="/admin/approvals"
        hrefLabel={t('figures.toApprovals')}
      />
      <Stat
        label={t('figures.endorsements')}
        value={formatCount(waiting, locale)}
        note={t('figures.collecting', { count: collecting, failed: evidenceFailed })}
        href="#backlog"
        hrefLabel={t('figures.toBacklog')}
      />
      <Stat
        label={t('figures.unfiled')}
        value={formatCount(ledger.unfiled, locale)}
        note={t('figures.ofEntries', { count: ledger.entries })}
        href="/admin/filings"
        hrefLabel={t('figures.toFilings')}
      />
    </StatRow>
  )
}
