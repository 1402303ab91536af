import { getTranslations } from 'next-intl/server'
import { NominationState, WaitingDays } from '@/components/catalog/nomination-state'
import { RelatednessBadge } from '@/components/catalog/relatedness-suggestion'
import { Badge } from '@/components/ui/badge'
import { type Column, DataTable } from '@/components/ui/data-table'
import { DateTime } from '@/components/ui/date-time'
import { EmptyState } from '@/components/ui/empty-state'
import { TextLink } from '@/components/ui/text-link'
import type { NominationQueueQuery } from '@/lib/catalog/schema'
import type { NominationView } from '@/lib/catalog/view'
import { platformName } from '@/lib/domain/platform'

type Props = {
  nominations: readonly NominationView[]
  state: NominationQueueQuery['state']
  now: Date
  timeZone: string
}
type Words = Awaited<ReturnType<typeof getTranslations<'nominations'>>>

/** Nominations for an admin: what waits, since when, and how the platform answered. */
export async function NominationTable({ nominations, state, now, timeZone }: Props) {
  const t = await getTranslations('nominations')
  const columns: Column<NominationView>[] = [
    {
      key: 'repository',
      header: t('columns.repository'),
      rowHeader: true,
      cell: (one) => <Repository nomination={one} t={t} />,
    },
    { key: 'by', header: t('columns.by'), cell: (one) => <By nomination={one} t={t} /> },
    {
      key: 'suggestion',
      header: t('columns.suggestion'),
      cell: ({ suggestion }) => (suggestion === null ? '—' : <RelatednessBadge relatedness={suggestion.relatedness} />),
    },
    state === 'open'
      ? { key: 'evidence', header: t('columns.evidence'), cell: (one) => t(`evidenceState.${one.evidenceState}`) }
      : {
          key: 'decided',
          header: t('columns.decided'),
          cell: (one) => <Decided nomination={one} timeZone={timeZone} />,
        },
    {
      key: 'age',
      header: state === 'open' ? t('columns.age') : t('columns.when'),
      align: 'end',
      cell: ({ createdAt }) =>
        state === 'open' ? (
          <WaitingDays since={createdAt} now={now} />
        ) : (
          <DateTime value={createdAt} timeZone={timeZone} style="date" />
        ),
    },
  ]
  const empty = state === 'open' ? 'empty' : 'emptyDecided'
  return (
    <DataTable
      caption={t('queue.caption')}
      columns={columns}
      rows={nominations}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon="check" title={t(`queue.${empty}.title`)}>
          {t(`queue.${empty}.text`)}
        </EmptyState>
      }
    />
  )
}

function Repository({ nomination, t }: { nomination: NominationView; t: Words }) {
  const { id, owner, name, platform } = nomination
  const fullName = `${owner}/${name}`
  return (
    <>
      <TextLink href={`/admin/catalog/nominations/${id}`} className="break-all" aria-label={`${t('look')} ${fullName}`}>
        {fullName}
      </TextLink>{' '}
      <Badge className="font-normal">{platformName(platform)}</Badge>
    </>
  )
}

function By({ nomination, t }: { nomination: NominationView; t: Words }) {
  const { memberName, seconds } = nomination
  return (
    <>
      {memberName}
      {seconds === 0 ? null : <span className="block text-ink-faint text-sm">{t('seconds', { count: seconds })}</span>}
    </>
  )
}

function Decided({ nomination, timeZone }: { nomination: NominationView; timeZone: string }) {
  const { state, decidedByName, decidedAt, decisionReason } = nomination
  return (
    <>
      <NominationState state={state} /> {decidedByName ?? '—'}
      {decidedAt === null ? null : (
        <>
          {' '}
          <DateTime value={decidedAt} timeZone={timeZone} style="date" />
        </>
      )}
      <span className="block max-w-80 text-ink-soft text-sm [overflow-wrap:anywhere]">{decisionReason}</span>
    </>
  )
}
