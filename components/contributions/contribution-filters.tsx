import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { SelectField } from '@/components/ui/fields'
import { Tabs } from '@/components/ui/tabs'
import { CONTRIBUTION_FILTERS, type ListContributionsQuery } from '@/lib/contributions/schema'
import { PLATFORMS, platformName } from '@/lib/domain/platform'

type Props = {
  query: ListContributionsQuery
  terms: readonly { id: string; name: string }[]
  hrefOf: (query: Partial<ListContributionsQuery>) => string
}

/** What of the contributions is shown: by verdict, term and platform. Addresses and a plain form, no script. */
export function ContributionFilters({ query, terms, hrefOf }: Props) {
  const t = useTranslations('contributions.filter')
  const tc = useTranslations('common')
  return (
    <>
      <Tabs
        label={t('label')}
        tabs={CONTRIBUTION_FILTERS.map((filter) => ({
          href: hrefOf({ ...query, filter, cursor: null }),
          label: t(filter),
          current: query.filter === filter,
        }))}
      />
      <form action="/contributions" method="get" className="mb-4 flex flex-wrap items-end gap-3">
        {query.filter === 'all' ? null : <input type="hidden" name="filter" value={query.filter} />}
        <SelectField
          name="termId"
          label={t('term')}
          placeholder={t('anyTerm')}
          defaultValue={query.termId ?? ''}
          choices={terms.map(({ id, name }) => ({ value: id, label: name }))}
          frameClassName="min-w-48"
        />
        <SelectField
          name="platform"
          label={t('platform')}
          placeholder={t('anyPlatform')}
          defaultValue={query.platform ?? ''}
          choices={PLATFORMS.map((platform) => ({ value: platform, label: platformName(platform) }))}
          frameClassName="min-w-36"
        />
        <Button type="submit">{tc('apply')}</Button>
      </form>
    </>
  )
}
