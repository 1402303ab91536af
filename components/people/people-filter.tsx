import { getTranslations } from 'next-intl/server'
import { Button, LinkButton } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/fields'
import { TextLink } from '@/components/ui/text-link'
import { ROLES } from '@/lib/domain/actor'
import { MEMBER_STATUSES, type PeopleQuery } from '@/lib/people/schema'
import type { Department } from '@/lib/people/view'
import { peopleAddress } from './people-address'

/** The filters as a plain GET form: each view of the list has an address. */
export async function PeopleFilter({ query, departments }: { query: PeopleQuery; departments: readonly Department[] }) {
  const t = await getTranslations('people')
  const isNarrowed = Object.values({ ...query, cursor: null }).some((value) => value !== null && value !== '')
  return (
    <form action="/admin/people" className="flex flex-wrap items-end gap-4">
      <TextField
        name="q"
        type="search"
        label={t('filter.search')}
        placeholder={t('filter.searchHint')}
        defaultValue={query.search}
        maxLength={60}
        frameClassName="w-full sm:w-64"
      />
      <SelectField
        name="department"
        label={t('filter.department')}
        placeholder={t('filter.all')}
        defaultValue={query.departmentId ?? ''}
        choices={departments.map(({ id, name }) => ({ value: id, label: name }))}
        frameClassName="w-full sm:w-52"
      />
      <SelectField
        name="role"
        label={t('filter.role')}
        placeholder={t('filter.all')}
        defaultValue={query.role ?? ''}
        choices={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        frameClassName="w-full sm:w-32"
      />
      <SelectField
        name="status"
        label={t('filter.status')}
        placeholder={t('filter.all')}
        defaultValue={query.status ?? ''}
        choices={MEMBER_STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        frameClassName="w-full sm:w-28"
      />
      {query.reviewsDepartmentId ? <input type="hidden" name="reviews" value={query.reviewsDepartmentId} /> : null}
      {query.syncFailure ? <input type="hidden" name="sync" value={query.syncFailure} /> : null}
      <Button type="submit" variant="secondary">
        {t('filter.apply')}
      </Button>
      {isNarrowed ? (
        <LinkButton href="/admin/people" variant="quiet" icon="x">
          {t('filter.clear')}
        </LinkButton>
      ) : null}
      {query.reviewsDepartmentId ? (
        <p className="basis-full text-ink-soft text-sm">
          {t('filter.reviews', {
            department: departments.find(({ id }) => id === query.reviewsDepartmentId)?.name ?? '—',
          })}{' '}
          <TextLink href={peopleAddress(query, { reviewsDepartmentId: null })}>{t('filter.syncOff')}</TextLink>
        </p>
      ) : null}
      {query.syncFailure ? (
        <p className="basis-full text-ink-soft text-sm">
          {t('filter.sync', { why: t(`syncFailure.${query.syncFailure}`) })}{' '}
          <TextLink href={peopleAddress(query, { syncFailure: null })}>{t('filter.syncOff')}</TextLink>
        </p>
      ) : null}
    </form>
  )
}
