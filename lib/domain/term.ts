/** A term is the half-open span [startsAt, endsAt): the instant it ends belongs to the next one, and to one only. */
export type TermSpan = { startsAt: Date; endsAt: Date }
export type Term = TermSpan & { id: string }

const DAY_TEXT = /^(\d{4})-(\d{2})-(\d{2})$/
const DAY_MS = 86_400_000

/** Whether the instant lies in the span; the start counts, the end does not. */
export function isWithin(instant: Date, span: TermSpan): boolean {
  return span.startsAt.getTime() <= instant.getTime() && instant.getTime() < span.endsAt.getTime()
}

/** The term an instant belongs to, or null. Terms of one university do not overlap, so there is at most one. */
export function termOf<T extends TermSpan>(instant: Date, terms: readonly T[]): T | null {
  return terms.find((term) => isWithin(instant, term)) ?? null
}

/** Whether two spans share an instant. Spans that only touch do not. */
export function spansOverlap(a: TermSpan, b: TermSpan): boolean {
  return a.startsAt.getTime() < b.endsAt.getTime() && b.startsAt.getTime() < a.endsAt.getTime()
}

/**
 * The span from the first moment of `firstDay` to the last of `lastDay` (both included, as people write terms) in the
 * university's time zone; null when a day does not exist or they are the wrong way round.
 */
export function spanOfDays(firstDay: string, lastDay: string, timeZone: string): TermSpan | null {
  const startsAt = startOfDay(firstDay, timeZone)
  const endsAt = parseDay(lastDay) === null ? null : startOfDay(dayAfter(lastDay), timeZone)
  if (!startsAt || !endsAt || startsAt.getTime() >= endsAt.getTime()) return null
  return { startsAt, endsAt }
}

/**
 * The instant at which a calendar day ("2026-09-01") begins in a time zone; null when the day does not exist.
 * Where a clock change skips midnight, it is the first instant that is that day.
 */
export function startOfDay(day: string, timeZone: string): Date | null {
  const midnightUtc = parseDay(day)
  if (midnightUtc === null) return null
  // Two offsets bracket every clock change near midnight: the earliest instant that reads as this day is the start.
  const candidates = [midnightUtc - DAY_MS, midnightUtc + DAY_MS]
    .map((near) => midnightUtc - offsetMs(near, timeZone))
    .filter((instant) => dayOf(new Date(instant), timeZone) === day)
    .sort((a, b) => a - b)
  const start = candidates[0]
  return start === undefined ? null : new Date(start)
}

/** The calendar day ("2026-09-01") that an instant falls on in a time zone. */
export function dayOf(instant: Date, timeZone: string): string {
  const local = new Date(instant.getTime() + offsetMs(instant.getTime(), timeZone))
  return local.toISOString().slice(0, 10)
}

/** An instant as a clock on the wall there shows it: `2026-09-01 08:30:00`. */
export function momentOf(instant: Date, timeZone: string): string {
  const local = new Date(instant.getTime() + offsetMs(instant.getTime(), timeZone))
  return local.toISOString().slice(0, 19).replace('T', ' ')
}

/** Whether the name is a time zone that this runtime knows (IANA name). */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function parseDay(day: string): number | null {
  const match = DAY_TEXT.exec(day)
  if (!match) return null
  const midnightUtc = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  return new Date(midnightUtc).toISOString().slice(0, 10) === day ? midnightUtc : null
}

function dayAfter(day: string): string {
  return new Date((parseDay(day) ?? 0) + DAY_MS).toISOString().slice(0, 10)
}

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds (whole minutes). */
function offsetMs(instantMs: number, timeZone: string): number {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(instantMs)
      .map((part) => [part.type, Number(part.value)]),
  )
  const read = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const wall = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'))
  return wall - Math.floor(instantMs / 1000) * 1000
}

// Making a formatter costs ~50 µs and asking it ~1 µs; the map only ever holds the time zones of universities.
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US-u-ca-iso8601', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formatters.set(timeZone, made)
  return made
}
