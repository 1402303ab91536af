import { describe, expect, it } from 'vitest'
import { parseRosterRow, readRosterHeader } from './roster'

const HEADER = readRosterHeader(['学号', '姓名', '学院', '专业', '班级', '邮箱', '角色'])
const GOOD = ['0230417001', '林知远', '计算机学院', '软件工程', '软工2301', 'Lin@stu.yunlu.example', '学生']

const problemsOf = (cells: readonly (string | number | null)[]) => {
  const result = parseRosterRow(cells, HEADER)
  return result.ok ? [] : result.problems.map(({ column, code }) => `${column} ${code}`)
}
const withCell = (index: number, cell: string | number | null) => GOOD.map((value, at) => (at === index ? cell : value))

describe('readRosterHeader', () => {
  it('finds columns in any order, language, width and spacing', () => {
    const header = readRosterHeader([' E-mail ', '姓 名', 'Student No.', '院系', '备注', '', '（班级）', 'ＭＡＪＯＲ'])
    expect(Object.fromEntries(header.columns)).toEqual({
      email: 0,
      name: 1,
      studentNumber: 2,
      college: 3,
      className: 6,
      programme: 7,
    })
    expect(header).toMatchObject({ missing: [], repeated: [], unknown: ['备注'] })
  })

  it('says what is missing, and what is there twice', () => {
    expect(readRosterHeader(['学号', '工号', '专业'])).toMatchObject({
      missing: ['name', 'college'],
      repeated: ['studentNumber'],
    })
  })
})

describe('parseRosterRow', () => {
  it('keeps the number as text, with its leading zeros', () => {
    expect(parseRosterRow(GOOD, HEADER)).toEqual({
      ok: true,
      row: {
        studentNumber: '0230417001',
        name: '林知远',
        college: '计算机学院',
        programme: '软件工程',
        className: '软工2301',
        email: 'lin@stu.yunlu.example',
        roles: ['student'],
      },
    })
  })

  it('takes what is left out for nothing, and for a student', () => {
    const short = readRosterHeader(['姓名', '学号', '学院'])
    const result = parseRosterRow(['王晨', 'T-0091', '软件学院'], short)
    expect(result).toMatchObject({
      ok: true,
      row: { studentNumber: 'T-0091', programme: null, email: null, roles: ['student'] },
    })
  })

  it.each([
    ['教师、管理员', ['reviewer', 'admin']],
    ['Reviewer / ADMIN', ['reviewer', 'admin']],
    ['学生；学生', ['student']],
    ['', ['student']],
  ])('reads the roles %j', (text, roles) => {
    expect(parseRosterRow(withCell(6, text), HEADER)).toMatchObject({ ok: true, row: { roles } })
  })

  it.each([
    ["'0230417001", '0230417001'],
    ['０２３０４１７００１', '0230417001'],
    [' 0230417001 ', '0230417001'],
    [230417001, '230417001'],
    ['110E7', '110E7'],
    ['t-0091', 'T-0091'],
    ['li.ming', 'LI.MING'],
  ])('understands the number %j', (cell, studentNumber) => {
    expect(parseRosterRow(withCell(0, cell), HEADER)).toMatchObject({ ok: true, row: { studentNumber } })
  })

  it.each([
    [0, '', 'studentNumber required'],
    [0, null, 'studentNumber required'],
    [0, '1.2E+17', 'studentNumber scientific_notation'],
    [0, '2E+17', 'studentNumber scientific_notation'],
    [0, 1.2e21, 'studentNumber scientific_notation'],
    [0, Number('320230417001123456'), 'studentNumber number_lost_digits'],
    [0, '230417 001', 'studentNumber number_format'],
    [0, 1.5, 'studentNumber number_format'],
    [0, -5, 'studentNumber number_format'],
    [0, '230417001.0', 'studentNumber number_format'],
    [0, '1'.repeat(33), 'studentNumber too_long'],
    [1, '  ', 'name required'],
    [1, '林'.repeat(101), 'name too_long'],
    [1, '=HYPERLINK("http://x")', 'name formula'],
    [2, '计算机\u0007学院', 'college control_character'],
    [2, '计算机\u200b学院', 'college control_character'],
    [5, 'not an address', 'email email_format'],
    [5, 'a@b', 'email email_format'],
    [6, '校长', 'roles unknown_role'],
  ])('cell %i as %j: %s', (index, cell, problem) => {
    expect(problemsOf(withCell(index, cell))).toEqual([problem])
  })

  it('names all problems of a row at once', () => {
    expect(problemsOf(['', '', '学院', null, null, 'x', 'y'])).toEqual([
      'studentNumber required',
      'name required',
      'email email_format',
      'roles unknown_role',
    ])
  })
})
