import { getTranslations } from 'next-intl/server'
import { Badge, StateBadge } from '@/components/ui/badge'
import { LinkButton } from '@/components/ui/button'
import { type Column, DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { TextLink } from '@/components/ui/text-link'
import { ROLES } from '@/lib/domain/actor'
import type { MemberLine } from '@/lib/people/view'

/** Members by number. `isNarrowed` tells an empty university from a search that found nobody. */
export async function PeopleTable({ people, isNarrowed }: { people: readonly MemberLine[]; isNarrowed: boolean }) {
  const t = await getTranslations('people')
  const columns: Column<MemberLine>[] = [
    {
      key: 'name',
      header: t('columns.name'),
      rowHeader: true,
      cell: ({ memberId, name }) => <TextLink href={`/admin/people/${memberId}`}>{name}</TextLink>,
    },
    {
      key: 'number',
      header: t('columns.number'),
      cell: ({ number }) => <span className="font-mono text-sm">{number}</span>,
    },
    { key: 'department', header: t('columns.department'), cell: ({ departmentName }) => departmentName ?? '—' },
    {
      key: 'programme',
      header: t('columns.programme'),
      cell: ({ programme, className }) => [programme, className].filter((part) => part !== '').join(' · ') || '—',
    },
    {
      key: 'roles',
      header: t('columns.roles'),
      cell: ({ roles }) =>
        roles.length === 0 ? (
          <span className="text-ink-faint">{t('noRole')}</span>
        ) : (
          <span className="inline-flex flex-wrap gap-1">
            {ROLES.filter((role) => roles.includes(role)).map((role) => (
              <Badge key={role} tone={role === 'student' ? 'neutral' : 'indigo'}>
                {t(`role.${role}`)}
              </Badge>
            ))}
          </span>
        ),
    },
    {
      key: 'state',
      header: t('columns.state'),
      cell: ({ status, hasSignedIn }) => {
        if (status === 'left') return <StateBadge icon="ban">{t('status.left')}</StateBadge>
        return hasSignedIn ? (
          <StateBadge tone="jade">{t('signedIn')}</StateBadge>
        ) : (
          <StateBadge icon="clock">{t('neverSignedIn')}</StateBadge>
        )
      },
    },
  ]
  return (
    <DataTable
      caption={t('caption')}
      columns={columns}
      rows={people}
      rowKey={({ memberId }) => memberId}
      empty={
        isNarrowed ? (
          <EmptyState icon="search" title={t('empty.filter')}>
            {t('empty.filterText')}
          </EmptyState>
        ) : (
          <EmptyState
            icon="users"
            title={t('empty.title')}
            action={
              <LinkButton href="/admin/roster" variant="primary" icon="upload">
                {t('toRoster')}
              </LinkButton>
            }
          >
            {t('empty.text')}
          </EmptyState>
        )
      }
    />
  )
}
