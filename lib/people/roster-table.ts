/** What an uploaded roster may be at most; the page says so before anybody tries. */
export const MAX_ROSTER_BYTES = 5 * 1_048_576
export const MAX_ROSTER_ROWS = 20_000
export const MAX_ROSTER_COLUMNS = 50

/** A title or a note may stand above the headings; they are looked for in this many rows. */
export const HEADING_SEARCH_ROWS = 10

/** Rows that are read of a file: one more than allowed, so that too many are seen. */
export const MAX_READ_ROWS = MAX_ROSTER_ROWS + HEADING_SEARCH_ROWS + 1

export type CellFault = 'formula' | 'cell_error'

/** A file as a grid. Numbers are what a spreadsheet made of what was typed. */
export type RosterTable = {
  rows: readonly (readonly (string | number | null)[])[]
  /** Cells that hold no plain value, by `cellName`. */
  faults: ReadonlyMap<string, CellFault>
}
