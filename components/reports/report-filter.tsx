import { getLocale, getTranslations } from 'next-intl/server'
import { filterParts } from '@/components/reports/report-address'
import { Button, LinkButton } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/fields'
import { LEDGER_ENTRY_KINDS } from '@/lib/domain/ledger'
import { REPORT_STATES, type ReportQuery } from '@/lib/reports/schema'
import type { ReportPage } from '@/lib/reports/view'

type Props = { query: ReportQuery; page: Pick<ReportPage, 'terms' | 'colleges' | 'programmes' | 'placesCut'> }

/** What the report is narrowed to; works without script. */
export async function ReportFilter({ query, page }: Props) {
  const [t, locale] = await Promise.all([getTranslations('reports'), getLocale()])
  const width = 'w-full sm:w-48'
  return (
    <form action="/admin/reports" className="flex flex-wrap items-end gap-x-4 gap-y-3">
      <SelectField
        name="termId"
        label={t('filter.term')}
        placeholder={t('filter.all')}
        defaultValue={query.termId ?? ''}
        choices={page.terms.map(({ termId, nameZh, nameEn }) => ({
          value: termId,
          label: locale === 'en' ? nameEn : nameZh,
        }))}
        frameClassName="w-full sm:w-64"
      />
      <SelectField
        name="college"
        label={t('filter.college')}
        placeholder={t('filter.all')}
        defaultValue={query.college ?? ''}
        choices={page.colleges.map((college) => ({ value: college, label: college }))}
        frameClassName={width}
      />
      <SelectField
        name="programme"
        label={t('filter.programme')}
        placeholder={t('filter.all')}
        defaultValue={query.programme ?? ''}
        choices={page.programmes.map((programme) => ({
          value: programme === '' ? '-' : programme,
          label: programme === '' ? t('filter.noProgramme') : programme,
        }))}
        frameClassName={width}
      />
      <SelectField
        name="state"
        label={t('filter.state')}
        defaultValue={query.state}
        choices={REPORT_STATES.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        frameClassName={width}
      />
      <SelectField
        name="kind"
        label={t('filter.kind')}
        placeholder={t('filter.all')}
        defaultValue={query.kind ?? ''}
        choices={LEDGER_ENTRY_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        frameClassName={width}
      />
      <TextField name="from" type="date" label={t('filter.from')} defaultValue={query.from ?? ''} />
      <TextField name="to" type="date" label={t('filter.to')} defaultValue={query.to ?? ''} />
      <Button type="submit" variant="secondary" icon="filter">
        {t('filter.apply')}
      </Button>
      {filterParts(query).length > 0 ? (
        <LinkButton href="/admin/reports" variant="quiet">
          {t('filter.clear')}
        </LinkButton>
      ) : null}
      {page.placesCut ? <p className="w-full text-ink-soft text-sm">{t('filter.cut')}</p> : null}
    </form>
  )
}
