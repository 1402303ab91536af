import { getTranslations } from 'next-intl/server'
import { auditAddress } from '@/components/audit/audit-address'
import { AuditDetails } from '@/components/audit/audit-details'
import { AuditThingLink } from '@/components/audit/audit-thing'
import { type Column, DataTable } from '@/components/ui/data-table'
import { DateTime } from '@/components/ui/date-time'
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
      cell: ({ subject }) => <Subject subject={subject} query={query} t={t} />,
    },
    {
      key: 'details',
      header: t('columns.details'),
      cell: (event) => <AuditDetails event={event} timeZone={timeZone} />,
    },
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

type SubjectProps = { subject: AuditEventView['subject']; query: AuditQuery; t: Words }

/** What it is on: the way to the thing itself, and the way to all that happened to it. */
function Subject({ subject, query, t }: SubjectProps) {
  return (
    <>
      {t(`subject.${subject.kind}`)} <AuditThingLink thing={subject} />
      <TextLink
        className="block text-sm"
        href={auditAddress(query, { subjectKind: subject.kind, subjectId: subject.id })}
      >
        {t('filter.subject')}
      </TextLink>
    </>
  )
}
