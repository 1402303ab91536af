import { dayOf } from './term'

/** A course floods a maintainer with more than so many a week (FIELD.md §3); a university may set another number. */
export const DEFAULT_SURGE_LIMIT = 10
export const SURGE_LIMIT_RANGE = { min: 1, max: 1000 } as const

/** A contribution that a member of a class claims. */
export type ClassItem = { contributionId: string; memberId: string; repositoryId: string; openedAt: Date }

/** What shows that a class sends a repository more than the limit in a week. */
export type Surge = { items: number; students: number; limit: number; week: string }

type Options = { limit: number; timeZone: string }

/**
 * The surges that contributions are part of, by contribution: more than `limit` items of one class in one repository, opened
 * in the same week of the university's time zone. Each contribution counts once, in however many claims it stands; exactly
 * the limit is none. When it was opened counts, not when it was claimed: that is when a maintainer had to look at it.
 */
export function findSurges(items: readonly ClassItem[], { limit, timeZone }: Options): Map<string, Surge> {
  const unique = [...new Map(items.map((item) => [item.contributionId, item])).values()]
  const byWeek = Map.groupBy(unique, ({ repositoryId, openedAt }) => `${repositoryId} ${weekOf(openedAt, timeZone)}`)
  return new Map(
    [...byWeek.values()]
      .filter((together) => together.length > limit)
      .flatMap((together) => {
        const students = new Set(together.map(({ memberId }) => memberId)).size
        return together.map(({ contributionId, openedAt }): [string, Surge] => [
          contributionId,
          { items: together.length, students, limit, week: weekOf(openedAt, timeZone) },
        ])
      }),
  )
}

/** The Monday with which the week of an instant begins in a time zone ("2026-11-23"). */
export function weekOf(instant: Date, timeZone: string): string {
  const day = new Date(`${dayOf(instant, timeZone)}T00:00:00Z`)
  const sinceMonday = (day.getUTCDay() + 6) % 7
  return new Date(day.getTime() - sinceMonday * 86_400_000).toISOString().slice(0, 10)
}
