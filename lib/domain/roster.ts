import type { Role } from './actor'
import { MAX_MEMBER_NUMBER_LENGTH, readMemberNumber, tidyText } from './member-number'
import { disarmCell } from './spreadsheet-cell'

export const ROSTER_COLUMNS = ['studentNumber', 'name', 'college', 'programme', 'className', 'email', 'roles'] as const
export type RosterColumn = (typeof ROSTER_COLUMNS)[number]

/** Without these a row names nobody; the others may be absent, as columns or as cells. */
export const REQUIRED_ROSTER_COLUMNS = ['studentNumber', 'name', 'college'] as const satisfies readonly RosterColumn[]

/** One person of the roster. For staff, `studentNumber` is the staff number (工号). */
export type RosterRow = {
  studentNumber: string
  name: string
  college: string
  programme: string | null
  className: string | null
  /** Lower case. */
  email: string | null
  /** Without a word in the file: student. */
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

/** Headings as they stand in Chinese and English files, without spaces and signs, in lower case. */
const HEADINGS: Readonly<Record<RosterColumn, readonly string[]>> = {
  studentNumber: [
    '学号',
    '学工号',
    '工号',
    '教工号',
    '职工号',
    '学号工号',
    '学生学号',
    'studentnumber',
    'studentno',
    'studentid',
    'staffnumber',
    'staffid',
    'number',
    'id',
  ],
  name: ['姓名', '学生姓名', '名字', 'name', 'fullname', 'studentname'],
  college: [
    '学院',
    '院系',
    '所在学院',
    '院系名称',
    '学院名称',
    '单位',
    '部门',
    'college',
    'school',
    'faculty',
    'department',
  ],
  programme: ['专业', '专业名称', '所学专业', 'programme', 'program', 'major'],
  className: ['班级', '行政班', '行政班级', '班级名称', 'class', 'classname'],
  email: ['邮箱', '电子邮箱', '电子邮件', '邮件', '邮箱地址', 'email', 'mail', 'emailaddress'],
  roles: ['角色', '身份', '权限', 'role', 'roles'],
}

const ROLE_WORDS: ReadonlyMap<string, Role> = new Map([
  ['学生', 'student'],
  ['本科生', 'student'],
  ['研究生', 'student'],
  ['student', 'student'],
  ['教师', 'reviewer'],
  ['老师', 'reviewer'],
  ['审核', 'reviewer'],
  ['审核人', 'reviewer'],
  ['审核教师', 'reviewer'],
  ['teacher', 'reviewer'],
  ['professor', 'reviewer'],
  ['reviewer', 'reviewer'],
  ['管理员', 'admin'],
  ['教务', 'admin'],
  ['教务管理员', 'admin'],
  ['admin', 'admin'],
  ['administrator', 'admin'],
])

const MAX_LENGTHS: Readonly<Record<RosterColumn, number>> = {
  studentNumber: MAX_MEMBER_NUMBER_LENGTH,
  name: 100,
  college: 100,
  programme: 100,
  className: 100,
  email: 254,
  roles: 100,
}

/** Finds the columns by their headings, in Chinese or English, whatever their order, width and spacing. */
export function readRosterHeader(headings: readonly string[]): RosterHeader {
  const named = headings.map((heading, index) => ({ heading, index, column: columnOf(heading) }))
  const columns = new Map<RosterColumn, number>()
  const repeated = new Set<RosterColumn>()
  for (const { column, index } of named) {
    if (column === null) continue
    if (columns.has(column)) repeated.add(column)
    else columns.set(column, index)
  }
  return {
    columns,
    missing: REQUIRED_ROSTER_COLUMNS.filter((column) => !columns.has(column)),
    repeated: [...repeated],
    unknown: named
      .filter(({ column, heading }) => column === null && heading.trim() !== '')
      .map(({ heading }) => heading),
  }
}

/**
 * Checks one row of cells. Numbers that a spreadsheet made of 学号 are refused where digits are lost (`1.2E+17`, or more
 * digits than a spreadsheet's number holds), since nobody can tell what stood there. All problems are named at once.
 */
export function parseRosterRow(cells: readonly (string | number | null)[], header: RosterHeader): RosterResult {
  const cellOf = (column: RosterColumn): string | number | null => cells[header.columns.get(column) ?? -1] ?? null
  const text = (column: RosterColumn): string => tidy(cellOf(column))
  const roles = readRoles(text('roles'))
  const problems = ROSTER_COLUMNS.flatMap((column): RosterProblem[] => {
    const code = column === 'studentNumber' ? problemOfNumber(cellOf(column)) : problemOfText(column, text(column))
    return code === null ? [] : [{ column, code, value: text(column).slice(0, 100) }]
  })
  if (problems.length > 0 || roles === null) return { ok: false, problems }
  return {
    ok: true,
    row: {
      studentNumber: readMemberNumber(text('studentNumber')) ?? '',
      name: text('name'),
      college: text('college'),
      programme: text('programme') || null,
      className: text('className') || null,
      email: text('email').toLowerCase() || null,
      roles,
    },
  }
}

function columnOf(heading: string): RosterColumn | null {
  const word = heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
  return ROSTER_COLUMNS.find((column) => HEADINGS[column].includes(word)) ?? null
}

/** A cell as {@link tidyText} has it, a leading text mark (') dropped. */
function tidy(cell: string | number | null): string {
  if (typeof cell === 'number') return String(cell)
  return tidyText((cell ?? '').normalize('NFKC').replace(/^'(?=\d)/, ''))
}

function problemOfText(column: RosterColumn, value: string): RosterCode | null {
  const required = REQUIRED_ROSTER_COLUMNS.some((one) => one === column)
  if (value === '') return required ? 'required' : null
  if (value.length > MAX_LENGTHS[column]) return 'too_long'
  // Format characters (a zero-width space, say) are not seen either: the same name with one would be another.
  if (/[\p{Cc}\p{Cf}]/u.test(value)) return 'control_character'
  if (disarmCell(value) !== value) return 'formula'
  if (column === 'email' && !/^[^\s@<>"',;]+@[^\s@.]+(\.[^\s@.]+)+$/.test(value)) return 'email_format'
  return column === 'roles' && readRoles(value) === null ? 'unknown_role' : null
}

/** Numbers are text, with leading zeros kept. */
function problemOfNumber(cell: string | number | null): RosterCode | null {
  const value = tidy(cell)
  if (value === '') return 'required'
  if (/^\d+(\.\d+)?e\+?\d+$/i.test(value) && /[.+]/.test(value)) return 'scientific_notation'
  // A spreadsheet's number keeps 15 digits; what is longer came out changed.
  if (typeof cell === 'number' && value.replace(/\D/g, '').length > 15) return 'number_lost_digits'
  if (value.length > MAX_LENGTHS.studentNumber) return 'too_long'
  return readMemberNumber(value) === null ? 'number_format' : null
}

/** Role words, separated by commas, semicolons, slashes, bars or spaces; null when one of them is not known. */
function readRoles(text: string): readonly Role[] | null {
  const words = text
    .toLowerCase()
    .split(/[\s,;/|、]+/)
    .filter((word) => word !== '')
  if (words.length === 0) return ['student']
  const roles = words.map((word) => ROLE_WORDS.get(word) ?? null)
  return roles.every((role) => role !== null) ? [...new Set(roles)] : null
}
