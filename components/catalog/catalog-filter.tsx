import { getTranslations } from 'next-intl/server'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/choice-fields'
import { SelectField, TextField } from '@/components/ui/fields'
import type { CatalogListQuery } from '@/lib/catalog/schema'
import { CATALOG_STATUSES } from '@/lib/domain/catalog'
import { PLATFORMS, platformName } from '@/lib/domain/platform'

/** The filters as a plain GET form: each view of the list has an address. */
export async function CatalogFilter({ query, withOwn }: { query: CatalogListQuery; withOwn: boolean }) {
  const t = await getTranslations('catalog')
  return (
    <form className="grid items-end gap-4 sm:grid-cols-[1fr_auto_auto_auto]">
      <TextField
        name="search"
        type="search"
        label={t('filter.search')}
        placeholder={t('filter.searchHint')}
        defaultValue={query.search}
      />
      <SelectField
        name="status"
        label={t('filter.status')}
        placeholder={t('filter.all')}
        defaultValue={query.status ?? ''}
        choices={CATALOG_STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
      />
      <SelectField
        name="platform"
        label={t('filter.platform')}
        placeholder={t('filter.all')}
        defaultValue={query.platform ?? ''}
        choices={PLATFORMS.map((platform) => ({ value: platform, label: platformName(platform) }))}
      />
      <Button type="submit" variant="secondary">
        {t('filter.apply')}
      </Button>
      {withOwn ? (
        <Checkbox name="own" label={t('filter.own')} defaultChecked={query.ownOnly} className="sm:col-span-4" />
      ) : null}
    </form>
  )
}
