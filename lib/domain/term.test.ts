import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf, isTimeZone, isWithin, spanOfDays, spansOverlap, startOfDay, termOf } from './term'

const SHANGHAI = 'Asia/Shanghai'

describe('days of a time zone', () => {
  it.each([
    ['2026-09-01', SHANGHAI, '2026-08-31T16:00:00.000Z'],
    ['2026-09-01', 'UTC', '2026-09-01T00:00:00.000Z'],
    // The clock goes forward at midnight itself: the day begins at 01:00 (Beirut, 2026-03-29).
    ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00.000Z'],
    // 25-hour day: the first of the two midnights.
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    // Havana falls back from 01:00 to 00:00: that day has midnight twice, it begins with the first.
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
  ])('%s in %s begins at %s', (day, zone, instant) => {
    expect(startOfDay(day, zone)?.toISOString()).toBe(instant)
  })

  it('knows days that do not exist', () => {
    expect(startOfDay('2026-02-29', SHANGHAI)).toBeNull()
    expect(startOfDay('2026-9-1', SHANGHAI)).toBeNull()
    // Samoa went over the date line and had no 30 December 2011.
    expect(startOfDay('2011-12-30', 'Pacific/Apia')).toBeNull()
  })

  it('puts the last moment before a day into the day before', () => {
    const zone = fc.constantFrom(SHANGHAI, 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Asia/Beirut')
    const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(instant, zone, (at, timeZone) => {
        const day = dayOf(at, timeZone)
        const start = startOfDay(day, timeZone)
        expect(start && start.getTime() <= at.getTime()).toBe(true)
        expect(start && dayOf(start, timeZone)).toBe(day)
        expect(start && dayOf(new Date(start.getTime() - 1), timeZone) < day).toBe(true)
      }),
    )
  })

  it('tells time zones from other words', () => {
    expect(isTimeZone(SHANGHAI)).toBe(true)
    expect(isTimeZone('Shanghai')).toBe(false)
  })
})

describe('terms', () => {
  const autumn = spanOfDays('2026-09-01', '2027-01-31', SHANGHAI)
  const spring = spanOfDays('2027-02-01', '2027-07-31', SHANGHAI)
  const terms = [autumn, spring].filter((span) => span !== null)

  it('are half-open: the last moment is in, the first of the next is the next one’s', () => {
    expect(termOf(new Date('2027-01-31T15:59:59.999Z'), terms)).toBe(autumn)
    expect(termOf(new Date('2027-01-31T16:00:00.000Z'), terms)).toBe(spring)
    expect(termOf(new Date('2027-07-31T16:00:00.000Z'), terms)).toBeNull()
    expect(termOf(new Date('2026-08-31T15:59:59.999Z'), terms)).toBeNull()
  })

  it('touch without overlapping', () => {
    expect(autumn && spring && spansOverlap(autumn, spring)).toBe(false)
    expect(
      autumn && spansOverlap(autumn, { startsAt: autumn.startsAt, endsAt: new Date(autumn.startsAt.getTime() + 1) }),
    ).toBe(true)
  })

  it('are refused the wrong way round, or with a day that does not exist', () => {
    expect(spanOfDays('2026-09-02', '2026-09-01', SHANGHAI)).toBeNull()
    expect(spanOfDays('2026-09-01', '2026-09-31', SHANGHAI)).toBeNull()
    const day = spanOfDays('2026-09-01', '2026-09-01', SHANGHAI)
    expect(day && isWithin(day.startsAt, day)).toBe(true)
  })
})
