import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClassItem, findSurges, weekOf } from './surge'

const SHANGHAI = { limit: 3, timeZone: 'Asia/Shanghai' }
const MONDAY = Date.parse('2026-11-22T16:00:00Z')
const HOUR = 3_600_000

const item = (id: number, over: Partial<ClassItem> = {}): ClassItem => ({
  contributionId: `c${id}`,
  memberId: `m${id % 2}`,
  repositoryId: 'r',
  openedAt: new Date(MONDAY + id * HOUR),
  ...over,
})
const many = (count: number, over: Partial<ClassItem> = {}) => Array.from({ length: count }, (_, id) => item(id, over))

describe('weekOf', () => {
  test.each([
    ['2026-11-22T15:59:59Z', '2026-11-16'],
    ['2026-11-22T16:00:00Z', '2026-11-23'],
    ['2026-11-29T15:59:59Z', '2026-11-23'],
    ['2026-12-31T20:00:00Z', '2026-12-28'],
  ])('%s is of the week from %s in Shanghai', (instant, monday) => {
    expect(weekOf(new Date(instant), 'Asia/Shanghai')).toBe(monday)
  })
})

describe('findSurges', () => {
  test('exactly the limit is none; one more is one of all of them, with what shows it', () => {
    expect(findSurges(many(3), SHANGHAI).size).toBe(0)
    const surges = findSurges(many(4), SHANGHAI)
    expect([...surges.keys()]).toEqual(['c0', 'c1', 'c2', 'c3'])
    expect(surges.get('c3')).toEqual({ items: 4, students: 2, limit: 3, week: '2026-11-23' })
  })

  test('another repository, or another week, is another count', () => {
    expect(findSurges([...many(3), item(9, { repositoryId: 'other' })], SHANGHAI).size).toBe(0)
    const nextWeek = new Date(MONDAY + 7 * 24 * HOUR)
    expect(findSurges([...many(3), item(9, { openedAt: nextWeek })], SHANGHAI).size).toBe(0)
  })

  test('a contribution counts once, however often it is handed in', () => {
    expect(findSurges([...many(3), ...many(3)], SHANGHAI).size).toBe(0)
  })

  test('does not depend on the order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(many(12), { minLength: 12 }), (items) => {
        const sorted = [...findSurges(items, SHANGHAI)].sort(([a], [b]) => (a < b ? -1 : 1))
        const expected = [...findSurges(many(12), SHANGHAI)].sort(([a], [b]) => (a < b ? -1 : 1))
        expect(sorted).toEqual(expected)
      }),
    )
  })
})
