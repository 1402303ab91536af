import type { ReactNode } from 'react'
import { cx } from '@/components/ui/cx'

export type Column<Row> = {
  key: string
  /** The column's name; also shown before the cell on a phone. */
  header: string
  cell: (row: Row) => ReactNode
  /** `end` for figures. */
  align?: 'start' | 'end'
  /** The cell that names the row (a `th scope="row"`); one column at most. */
  rowHeader?: boolean
  /** The header is said but not shown (a column of buttons or checkboxes). */
  hideHeader?: boolean
  className?: string
}

type Props<Row> = {
  /** What the table holds; said to screen readers, shown when `showCaption`. */
  caption: string
  showCaption?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Shown in place of the table when there are no rows: an EmptyState that says what to do next. */
  empty?: ReactNode
  /** A last line with totals, one cell a column. */
  footer?: ReactNode
  rowClassName?: (row: Row) => string | undefined
}

const align = (column: { align?: 'start' | 'end' }) => (column.align === 'end' ? 'text-end' : 'text-start')

/** A table rendered on the server. Below 640 px each row is stacked, every cell with its column's name. */
export function DataTable<Row>(props: Props<Row>) {
  const { caption, showCaption, columns, rows, rowKey, empty, footer, rowClassName } = props
  if (rows.length === 0 && empty !== undefined) return empty
  return (
    <table className="table-stack table-whole w-full border-collapse text-[0.9375rem]">
      <caption className={showCaption ? 'px-5 pb-2 text-start text-ink-faint text-sm' : 'sr-only'}>{caption}</caption>
      <thead>
        <tr className="border-line border-b text-ink-faint text-sm">
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              className={cx('px-3 py-2 font-normal first:ps-5 last:pe-5', align(column), column.className)}
            >
              {column.hideHeader ? <span className="sr-only">{column.header}</span> : column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            className={cx('border-line border-b last:border-0 hover:bg-wash/50', rowClassName?.(row))}
          >
            {columns.map((column) => {
              const look = cx(
                'px-5 py-2.5 align-top sm:px-3 sm:first:ps-5 sm:last:pe-5',
                align(column),
                column.className,
              )
              return column.rowHeader ? (
                <th key={column.key} scope="row" className={cx('font-medium', look)}>
                  {column.cell(row)}
                </th>
              ) : (
                <td key={column.key} data-label={column.hideHeader ? undefined : column.header} className={look}>
                  <div className="min-w-0">{column.cell(row)}</div>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
      {/* Always there, as the sign that all rows are (app/globals.css). */}
      <tfoot hidden={footer === undefined} className="border-line-strong border-t font-medium">
        {footer}
      </tfoot>
    </table>
  )
}
