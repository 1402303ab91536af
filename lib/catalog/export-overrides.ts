import iconv from 'iconv-lite'
import { withScope } from '@/lib/db/scope'
import { listOwnEntries, type OwnEntryRow } from '@/lib/db/university-catalog-entries'
import type { MemberActor } from '@/lib/domain/actor'
import { CATALOG_COLUMNS, CATALOG_HEADINGS, type CatalogColumn } from '@/lib/domain/catalog-file'
import { assertCan } from '@/lib/domain/permissions'
import { disarmCell } from '@/lib/domain/spreadsheet-cell'
import type { ExportOverridesQuery } from './schema'

const ROWS_A_PAGE = 500

/**
 * All of the university's own words as a CSV that can be imported again: values as codes, each row with its version, so
 * that what others change meanwhile is not written over. Cells that a spreadsheet could run are disarmed.
 */
export async function exportOverrides(
  actor: MemberActor,
  { encoding, language }: ExportOverridesQuery,
): Promise<{ body: Uint8Array<ArrayBuffer>; fileName: string }> {
  const { universityId } = actor
  assertCan(actor, 'catalog.override', { universityId })
  const rows: OwnEntryRow[] = []
  await withScope({ universityId }, async (tx) => {
    for (;;) {
      const page = await listOwnEntries(tx, { universityId, after: rows.at(-1) ?? null, limit: ROWS_A_PAGE })
      rows.push(...page)
      if (page.length < ROWS_A_PAGE) return
    }
  })
  const headings = CATALOG_COLUMNS.map((column) => CATALOG_HEADINGS[column][language])
  const lines = [headings, ...rows.map((row) => CATALOG_COLUMNS.map((column) => cellOf(row, column)))]
  const text = lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')
  // Without the mark Excel on Windows takes UTF-8 for the code page of the machine.
  const bytes = encoding === 'gb18030' ? iconv.encode(text, 'gb18030') : iconv.encode(`\ufeff${text}`, 'utf8')
  return { body: Uint8Array.from(bytes), fileName: language === 'zh' ? '本校目录.csv' : 'catalog.csv' }
}

function cellOf(row: OwnEntryRow, column: CatalogColumn): string {
  switch (column) {
    case 'branches':
      return row.acceptedBranches.join(' ')
    case 'version':
      return String(row.version)
    case 'name':
      return row.name ?? ''
    default:
      return row[column]
  }
}

function quoted(cell: string): string {
  const safe = disarmCell(cell)
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
