import { useLocale, useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { ShortHash } from '@/components/ui/copyable'
import { Credit } from '@/components/ui/credit'
import { type Column, DataTable } from '@/components/ui/data-table'
import { DateTime } from '@/components/ui/date-time'
import { PersonName } from '@/components/ui/person-name'
import { TextLink } from '@/components/ui/text-link'
import type { LedgerLineView } from '@/lib/ledger/view'

type Props = {
  lines: readonly LedgerLineView[]
  timeZone: string
}

/** What a line is, and of what: an award, or the answer to one. */
export function LineKind({ line }: { line: Pick<LedgerLineView, 'kind' | 'correctsSequence' | 'revoked'> }) {
  const t = useTranslations('ledger')
  const { kind, correctsSequence, revoked } = line
  return (
    <>
      <Badge tone={kind === 'award' ? 'jade' : 'amber'}>{t(`kind.${kind}`)}</Badge>
      {correctsSequence === null ? null : (
        <span className="block text-ink-faint text-sm">{t('answers', { sequence: correctsSequence })}</span>
      )}
      {revoked ? <span className="block text-amber text-sm">{t('revoked')}</span> : null}
    </>
  )
}

function columnsOf(t: ReturnType<typeof useTranslations<'ledger'>>, locale: string, timeZone: string) {
  const columns: Column<LedgerLineView>[] = [
    {
      key: 'sequence',
      header: t('column.sequence'),
      cell: ({ sequence, hash, kind, entryId }) => (
        <>
          {kind === 'award' ? <TextLink href={`/admin/ledger/${entryId}`}>{sequence}</TextLink> : sequence}
          <ShortHash value={hash} digits={8} />
        </>
      ),
    },
    {
      key: 'student',
      header: t('column.student'),
      rowHeader: true,
      className: 'text-start',
      cell: ({ student }) =>
        student.erased ? (
          <span className="text-ink-faint">{t('erased', { number: student.number })}</span>
        ) : (
          <PersonName name={student.name} number={student.number} department={student.college || null} />
        ),
    },
    { key: 'kind', header: t('column.kind'), cell: (line) => <LineKind line={line} /> },
    {
      key: 'term',
      header: t('column.term'),
      cell: ({ term }) => (locale === 'en' ? term.nameEn : term.nameZh),
    },
    {
      key: 'credit',
      header: t('column.credit'),
      align: 'end',
      cell: ({ creditHundredths, netHundredths, kind }) => (
        <>
          <Credit hundredths={creditHundredths} bare signed />
          {kind === 'award' && netHundredths !== creditHundredths ? (
            <span className="block text-ink-faint text-sm">
              {t('left')} <Credit hundredths={netHundredths} bare />
            </span>
          ) : null}
        </>
      ),
    },
    {
      key: 'decided',
      header: t('column.decided'),
      cell: ({ endorsedByName, approvedByName, reason, claimId, kind, filed }) => (
        <span className="text-sm">
          {endorsedByName === null ? null : <span className="block">{t('endorsedBy', { name: endorsedByName })}</span>}
          <span className="block">{t(kind === 'award' ? 'approvedBy' : 'by', { name: approvedByName })}</span>
          {reason === null ? null : <q className="block text-ink-soft">{reason}</q>}
          {claimId === null ? null : <TextLink href={`/admin/approvals/${claimId}`}>{t('evidence')}</TextLink>}
          {filed ? <span className="ms-2 text-ink-faint">{t('filed')}</span> : null}
        </span>
      ),
    },
    {
      key: 'issued',
      header: t('column.issued'),
      align: 'end',
      cell: ({ issuedAt }) => <DateTime value={issuedAt} timeZone={timeZone} style="date" />,
    },
  ]
  return columns
}

/** Lines of the ledger, newest first, each with the way to what it rests on. */
export function LedgerTable({ lines, timeZone }: Props) {
  const t = useTranslations('ledger')
  const locale = useLocale()
  return (
    <DataTable
      caption={t('caption')}
      columns={columnsOf(t, locale, timeZone)}
      rows={lines}
      rowKey={({ entryId }) => entryId}
      rowClassName={({ revoked }) => (revoked ? 'text-ink-soft' : undefined)}
    />
  )
}
