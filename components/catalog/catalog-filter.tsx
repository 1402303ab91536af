import { getTranslations } from 'next-intl/server'
import { Button, LinkButton } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/choice-fields'
import { SelectField, TextField } from '@/components/ui/fields'
import type { CatalogListQuery } from '@/lib/catalog/schema'
import { CATALOG_KINDS, CATALOG_STATUSES, CATALOG_TIERS } from '@/lib/domain/catalog'
import { LANDING_RULE_NAMES } from '@/lib/domain/landing-rule'
import { PLATFORMS, platformName } from '@/lib/domain/platform'

type Props = {
  query: CatalogListQuery
  /** Where the list stands. */
  path: string
  /** With what only those who keep the catalog ask for. */
  withOwn: boolean
}

/** The filters as a plain GET form: each view of the list has an address. */
export async function CatalogFilter({ query, path, withOwn }: Props) {
  const t = await getTranslations('catalog')
  const isNarrowed = Object.values({ ...query, cursor: null }).some((value) => Boolean(value))
  const all = t('filter.all')
  return (
    <form action={path} className="flex flex-wrap items-end gap-4">
      <TextField
        name="search"
        type="search"
        label={t('filter.search')}
        placeholder={t('filter.searchHint')}
        defaultValue={query.search}
        maxLength={120}
        frameClassName="w-full sm:w-64"
      />
      <SelectField
        name="platform"
        label={t('filter.platform')}
        placeholder={all}
        defaultValue={query.platform ?? ''}
        choices={PLATFORMS.map((platform) => ({ value: platform, label: platformName(platform) }))}
        frameClassName="w-[calc(50%-0.5rem)] sm:w-32"
      />
      <SelectField
        name="status"
        label={t('filter.status')}
        placeholder={all}
        defaultValue={query.status ?? ''}
        choices={CATALOG_STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        frameClassName="w-[calc(50%-0.5rem)] sm:w-36"
      />
      <SelectField
        name="kind"
        label={t('filter.kind')}
        placeholder={all}
        defaultValue={query.kind ?? ''}
        choices={CATALOG_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        frameClassName="w-[calc(50%-0.5rem)] sm:w-36"
      />
      <SelectField
        name="tier"
        label={t('filter.tier')}
        placeholder={all}
        defaultValue={query.tier ?? ''}
        choices={CATALOG_TIERS.map((tier) => ({ value: tier, label: t(`tier.${tier}`) }))}
        frameClassName="w-[calc(50%-0.5rem)] sm:w-32"
      />
      {withOwn ? (
        <SelectField
          name="landing"
          label={t('filter.landing')}
          placeholder={all}
          defaultValue={query.landing ?? ''}
          choices={LANDING_RULE_NAMES.map((rule) => ({ value: rule, label: t(`landing.${rule}`) }))}
          frameClassName="w-full sm:w-60"
        />
      ) : null}
      {withOwn ? (
        <Checkbox name="own" label={t('filter.own')} defaultChecked={query.ownOnly} className="sm:py-2" />
      ) : null}
      <Button type="submit" variant="secondary">
        {t('filter.apply')}
      </Button>
      {isNarrowed ? (
        <LinkButton href={path} variant="quiet" icon="x">
          {t('filter.clear')}
        </LinkButton>
      ) : null}
    </form>
  )
}
