import { useTranslations } from 'next-intl'
import { Checkbox } from '@/components/ui/choice-fields'
import { type Column, DataTable } from '@/components/ui/data-table'
import { TextField } from '@/components/ui/fields'
import {
  defaultColumn,
  REPORT_COLUMN_KEYS,
  REPORT_HEADER_LENGTH,
  type ReportColumn,
  type ReportColumnKey,
} from '@/lib/domain/report-columns'

type Row = ReportColumn & { shown: boolean; place: number }

/** Chosen columns in their order, then the others. */
function rowsOf(columns: readonly ReportColumn[]): Row[] {
  const chosen = new Set<ReportColumnKey>(columns.map(({ key }) => key))
  const others = REPORT_COLUMN_KEYS.filter((key) => !chosen.has(key)).map(defaultColumn)
  return [...columns, ...others].map((column, index) => ({
    ...column,
    shown: chosen.has(column.key),
    // Steps of ten leave room between two of them.
    place: (index + 1) * 10,
  }))
}

/** The form of columns: a box, a place and two headings each. */
export function ColumnsTable({ columns }: { columns: readonly ReportColumn[] }) {
  const t = useTranslations('reports')
  const nameOf = ({ key }: Row) => t(`columns.name.${key}`)
  const table: Column<Row>[] = [
    {
      key: 'shown',
      header: t('columns.column'),
      rowHeader: true,
      className: 'text-start',
      cell: (row) => (
        <Checkbox
          name={`columns.${row.key}.shown`}
          label={nameOf(row)}
          defaultChecked={row.shown}
          className="sm:pt-3"
        />
      ),
    },
    {
      key: 'place',
      header: t('columns.place'),
      cell: (row) => (
        <TextField
          name={`columns.${row.key}.place`}
          label={<span className="sr-only">{t('columns.placeOf', { name: nameOf(row) })}</span>}
          type="number"
          min={0}
          max={999}
          defaultValue={String(row.place)}
          frameClassName="w-24"
        />
      ),
    },
    ...(['headerZh', 'headerEn'] as const).map(
      (field): Column<Row> => ({
        key: field,
        header: t(`columns.${field}`),
        cell: (row) => (
          <TextField
            name={`columns.${row.key}.${field}`}
            label={<span className="sr-only">{t(`columns.${field}Of`, { name: nameOf(row) })}</span>}
            maxLength={REPORT_HEADER_LENGTH}
            lang={field === 'headerZh' ? 'zh-CN' : 'en'}
            defaultValue={row[field]}
          />
        ),
      }),
    ),
  ]
  return <DataTable caption={t('columns.title')} columns={table} rows={rowsOf(columns)} rowKey={({ key }) => key} />
}
