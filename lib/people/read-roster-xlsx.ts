import { type Cell, type CellValue, readXlsx } from 'hucre/xlsx'
import { cellName } from '@/lib/domain/cell-name'
import { AppError } from '@/lib/domain/errors'
import { checkArchive } from './check-archive'
import { type CellFault, MAX_READ_ROWS, MAX_ROSTER_COLUMNS, type RosterTable } from './roster-table'

/** No more of the sheet is built than may be looked at: a lone cell far out must not make a grid of that size. */
const READ_RANGE = `A1:${cellName(MAX_READ_ROWS - 1, MAX_ROSTER_COLUMNS - 1)}`

/**
 * Reads the first sheet in sight. A formula's result is not taken for what was meant, so such cells are marked.
 * @throws AppError invalid `roster_file_unreadable`, `roster_file_unpacks_too_large`
 */
export async function readRosterXlsx(bytes: Uint8Array): Promise<RosterTable> {
  checkArchive(bytes)
  const sheet = await firstSheet(bytes)
  const faults = new Map<string, CellFault>()
  for (const [position, cell] of sheet.cells ?? []) {
    const fault = faultOf(cell)
    const [row, column] = position.split(',').map(Number)
    if (fault !== null && row !== undefined && column !== undefined) faults.set(cellName(row, column), fault)
  }
  return { rows: sheet.rows.map((row) => row.map(toCell)), faults }
}

async function firstSheet(bytes: Uint8Array) {
  let isFirst = true
  try {
    const book = await readXlsx(bytes, {
      range: READ_RANGE,
      sheets: ({ hidden, veryHidden }) => {
        const isTaken = isFirst && !hidden && !veryHidden
        if (isTaken) isFirst = false
        return isTaken
      },
    })
    const [sheet] = book.sheets
    if (sheet) return sheet
  } catch {
    // Whatever the reader says of it, the file is at fault; its message could repeat what stands in it.
  }
  throw new AppError('invalid', 'roster_file_unreadable')
}

function faultOf({ type, formula }: Cell): CellFault | null {
  if (formula !== undefined || type === 'formula') return 'formula'
  return type === 'error' ? 'cell_error' : null
}

function toCell(value: CellValue): string | number | null {
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return typeof value === 'boolean' ? String(value) : value
}
