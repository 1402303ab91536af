import { getTranslations } from 'next-intl/server'
import { auditAddress } from '@/components/audit/audit-address'
import { type Column, DataTable } from '@/components/ui/data-table'
import { DateTime } from '@/components/ui/date-time'
import { Details } from '@/components/ui/details'
import { EmptyState } from '@/components/ui/empty-state'
import { TextLink } from '@/components/ui/text-link'
import type { AuditQuery } from '@/lib/audit/schema'
import type { AuditEventView } from '@/lib/audit/view'

type Props = { events: readonly AuditEventView[]; query: AuditQuery; timeZone: string }
type Words = Awaited<ReturnType<typeof getTranslations<'audit'>>>

/** Events in words; who and on what are ways to narrow the list to them. */
export async function AuditTable({ events, query, timeZone }: Props) {
  const t = await getTranslations('audit')
  const columns: Column<AuditEventView>[] = [
    {
      key: 'when',
      header: t('columns.when'),
      cell: ({ occurredAt }) => <DateTime value={occurredAt} timeZone={timeZone} />,
    },
    { key: 'actor', header: t('columns.actor'), cell: ({ actor }) => <Who actor={actor} query={query} t={t} /> },
    { key: 'action', header: t('columns.action'), rowHeader: true, cell: ({ action }) => t(`action.${action}`) },
    {
      key: 'subject',
      header: t('columns.subject'),
      cell: ({ subject }) => (
        <TextLink href={auditAddress(query, { subjectKind: subject.kind, subjectId: subject.id })}>
          {t(`subject.${subject.kind}`)}
          <span className="ms-1 font-mono text-ink-faint text-xs">{subject.id.slice(-8)}</span>
        </TextLink>
      ),
    },
    { key: 'details', header: t('columns.details'), cell: (event) => <EventDetails event={event} t={t} /> },
  ]
  return (
    <DataTable
      caption={t('caption')}
      columns={columns}
      rows={events}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon="history" title={t('empty.title')}>
          {t('empty.text')}
        </EmptyState>
      }
    />
  )
}

function Who({ actor, query, t }: { actor: AuditEventView['actor']; query: AuditQuery; t: Words }) {
  if (actor.kind === 'member_gone') return t('actor.member_gone')
  if (actor.kind !== 'member') {
    return (
      <>
        {t(`actor.${actor.kind}`)} <span className="font-mono text-ink-faint text-xs">{actor.name}</span>
      </>
    )
  }
  return (
    <TextLink href={auditAddress(query, { actorMemberId: actor.memberId })}>
      {actor.name} <span className="text-ink-faint text-sm">{actor.number}</span>
    </TextLink>
  )
}

function EventDetails({ event, t }: { event: AuditEventView; t: Words }) {
  if (event.details.length === 0 && event.reason === '') return t('noDetails')
  return (
    <Details summary={t('columns.details')}>
      <dl className="text-sm">
        {event.details.map(({ key, value }) => (
          <div key={key} className="flex flex-wrap gap-x-2">
            <dt className="font-mono text-ink-faint">{key}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
      {event.reason === '' ? null : <p className="text-sm">{event.reason}</p>}
    </Details>
  )
}
