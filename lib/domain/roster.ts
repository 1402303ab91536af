import type { Role } from './actor'

export const ROSTER_COLUMNS = ['studentNumber', 'name', 'college', 'programme', 'className', 'email', 'roles'] as const
export type RosterColumn = (typeof ROSTER_COLUMNS)[number]

/** One person of the roster. For staff, `studentNumber` is the staff number (工号). */
export type RosterRow = {
  studentNumber: string
  name: string
  college: string
  programme: string | null
  className: string | null
  email: string | null
  roles: readonly Role[]
}

export const ROSTER_CODES = [
  'required',
  'too_long',
  'number_format',
  'scientific_notation',
  'number_lost_digits',
  'email_format',
  'unknown_role',
  'formula',
  'control_character',
] as const
export type RosterCode = (typeof ROSTER_CODES)[number]
export type RosterProblem = { column: RosterColumn; code: RosterCode; value: string }
export type RosterResult = { ok: true; row: RosterRow } | { ok: false; problems: readonly RosterProblem[] }

/** Which column of the file holds what: index by roster column. */
export type RosterHeader = {
  columns: ReadonlyMap<RosterColumn, number>
  /** Required columns that no heading names. */
  missing: readonly RosterColumn[]
  /** Columns that two headings name. */
  repeated: readonly RosterColumn[]
  /** Headings that mean nothing here, as written; they are left aside. */
  unknown: readonly string[]
}

/** Finds the columns by their headings, in Chinese or English, whatever their order, width and spacing. */
export function readRosterHeader(_headings: readonly string[]): RosterHeader {
  throw new Error('not yet')
}

/**
 * Checks one row of cells as text. Numbers that a spreadsheet made of 学号 are refused where digits are lost
 * (`1.2E+17`, or an integer above 2^53), since nobody can tell what stood there.
 */
export function parseRosterRow(_cells: readonly (string | number | null)[], _header: RosterHeader): RosterResult {
  throw new Error('not yet')
}
