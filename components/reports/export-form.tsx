import { getLocale, getTranslations } from 'next-intl/server'
import { buttonClass } from '@/components/ui/button-style'
import { RadioGroup } from '@/components/ui/choice-fields'
import { SelectField } from '@/components/ui/fields'
import { Icon } from '@/components/ui/icon'
import { REPORT_LANGUAGES } from '@/lib/domain/report-columns'
import { CSV_ENCODINGS, EXPORT_FORMATS } from '@/lib/reports/schema'

type Props = {
  /** What is asked for beside format and language: a filter, or a filing. */
  parts: readonly (readonly [string, string])[]
  /** Null where they were not counted for the page. */
  entries: number | null
}

/** How the file is wanted, and the button that fetches it. xlsx is for people who file, CSV for programs. */
export async function ExportForm({ parts, entries }: Props) {
  const [t, locale] = await Promise.all([getTranslations('reports.export'), getLocale()])
  return (
    <form action="/api/reports/export" className="space-y-4">
      {parts.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <RadioGroup
        name="format"
        label={t('format')}
        defaultValue="xlsx"
        choices={EXPORT_FORMATS.map((format) => ({
          value: format,
          label: t(`${format}.label`),
          hint: t(`${format}.hint`),
        }))}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          name="encoding"
          label={t('encoding')}
          defaultValue="utf-8-bom"
          choices={CSV_ENCODINGS.map((encoding) => ({ value: encoding, label: t(`encodings.${encoding}`) }))}
        />
        <SelectField
          name="language"
          label={t('language')}
          defaultValue={locale}
          choices={REPORT_LANGUAGES.map((language) => ({ value: language, label: t(`languages.${language}`) }))}
        />
      </div>
      <button type="submit" className={buttonClass({ variant: 'primary' })}>
        <Icon name="download" />
        {entries === null ? t('downloadAll') : t('download', { entries })}
      </button>
    </form>
  )
}
