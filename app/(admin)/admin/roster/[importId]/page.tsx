import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { RosterState } from '@/components/roster/roster-imports'
import { RosterLines } from '@/components/roster/roster-lines'
import { RosterProblems } from '@/components/roster/roster-problems'
import { ActionForm } from '@/components/ui/action-form'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { Checkbox } from '@/components/ui/choice-fields'
import { DateTime } from '@/components/ui/date-time'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { Tabs } from '@/components/ui/tabs'
import { TextLink } from '@/components/ui/text-link'
import { requireViewer } from '@/lib/auth/session'
import { formatCount } from '@/lib/i18n/format'
import { ROSTER_VIEWS, type RosterView } from '@/lib/people/schema'
import type { RosterImportPage, RosterSummary } from '@/lib/people/view'
import { applyRosterAction, discardRosterAction } from '../actions'
import { loadImport } from './load-import'

type Props = {
  params: Promise<{ importId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('roster')
  return { title: t('preview.title') }
}

/** What a file would do to the members, before anything is done; afterwards, what it did. */
export default async function RosterImportPageOf({ params, searchParams }: Props) {
  const page = await loadImport((await params).importId, await searchParams)
  const [t, viewer] = await Promise.all([getTranslations('roster'), requireViewer()])
  const isOpen = page.state === 'previewed'
  return (
    <>
      <Breadcrumbs crumbs={[{ href: '/admin/roster', label: t('title') }]} />
      <PageHeader
        title={<span className="break-all">{page.fileName || t('noName')}</span>}
        lead={t(`preview.lead.${page.state}`)}
        badge={<RosterState state={page.state} />}
      />
      <div className="space-y-4">
        <Remarks summary={page.summary} isOpen={isOpen} />
        {isOpen ? <Confirm page={page} /> : <Ended page={page} timeZone={viewer.university.timeZone} />}
      </div>
      <div className="mt-6">
        <Views page={page} />
        <Panel flush>
          {page.view === 'problems' ? (
            <RosterProblems problems={page.problems} isForgotten={page.state === 'discarded' && page.summary.bad > 0} />
          ) : isOpen ? (
            <RosterLines lines={page.lines} kind={page.view} />
          ) : (
            <p className="p-5 text-ink-soft">{t('preview.forgotten')}</p>
          )}
          <Pagination
            firstHref={(await searchParams).after === undefined ? null : hrefOf(page.id, page.view)}
            nextHref={page.nextAfter === null ? null : hrefOf(page.id, page.view, page.nextAfter)}
          />
        </Panel>
      </div>
    </>
  )
}

const hrefOf = (importId: string, view: RosterView, after?: number) =>
  `/admin/roster/${importId}?view=${view}${after === undefined ? '' : `&after=${after}`}`

const countOf = (summary: RosterSummary, view: RosterView) => (view === 'problems' ? summary.bad : summary[view])

async function Views({ page }: { page: RosterImportPage }) {
  const t = await getTranslations('roster')
  return (
    <Tabs
      label={t('preview.views')}
      tabs={ROSTER_VIEWS.map((view) => ({
        href: hrefOf(page.id, view),
        label: t(`view.${view}`),
        count: countOf(page.summary, view),
        current: view === page.view,
      }))}
    />
  )
}

async function Remarks({ summary, isOpen }: { summary: RosterSummary; isOpen: boolean }) {
  const t = await getTranslations('roster')
  const { newDepartments, unknownHeadings, left } = summary
  const join = (names: readonly string[]) => names.join(t('lines.and'))
  const lines = [
    newDepartments.length > 0 &&
      t(isOpen ? 'preview.newDepartments' : 'preview.addedDepartments', {
        count: newDepartments.length,
        names: join(newDepartments),
      }),
    unknownHeadings.length > 0 && t('preview.unknownHeadings', { names: join(unknownHeadings) }),
    left > 0 && t('preview.left', { count: left }),
  ].filter((line) => line !== false)
  if (lines.length === 0) return null
  return (
    <Notice kind={isOpen ? 'attention' : 'info'}>
      <ul className="space-y-1">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Notice>
  )
}

async function Confirm({ page }: { page: RosterImportPage }) {
  const [t, locale] = await Promise.all([getTranslations('roster'), getLocale()])
  const { summary, id } = page
  const toDo = summary.new + summary.changed
  const discard = (
    <ActionForm action={discardRosterAction}>
      <input type="hidden" name="importId" value={id} />
      <SubmitButton size="sm" variant="secondary">
        {t('preview.discard')}
      </SubmitButton>
    </ActionForm>
  )
  return (
    <Panel title={t('preview.confirm')} aside={discard}>
      <p>{t('preview.counts', { new: summary.new, changed: summary.changed, unchanged: summary.unchanged })}</p>
      {summary.bad > 0 ? <p>{t('preview.bad', { count: summary.bad })}</p> : null}
      {toDo > 0 ? (
        <ActionForm action={applyRosterAction} className="mt-4 space-y-4">
          <input type="hidden" name="importId" value={id} />
          {summary.bad > 0 ? (
            <Checkbox name="leaveOutBad" label={t('preview.leaveOut', { count: summary.bad })} required />
          ) : null}
          <SubmitButton pendingLabel={t('preview.pending')}>
            {t('preview.apply', { count: formatCount(toDo, locale) })}
          </SubmitButton>
        </ActionForm>
      ) : null}
    </Panel>
  )
}

async function Ended({ page, timeZone }: { page: RosterImportPage; timeZone: string }) {
  const t = await getTranslations('roster')
  if (page.state === 'discarded') return null
  const { summary, appliedAt } = page
  return (
    <Notice
      kind="success"
      title={t('preview.done', { new: summary.new, changed: summary.changed, unchanged: summary.unchanged })}
    >
      {appliedAt ? <DateTime value={appliedAt} timeZone={timeZone} /> : null}{' '}
      <TextLink href="/admin/people">{t('preview.toPeople')}</TextLink>
    </Notice>
  )
}
