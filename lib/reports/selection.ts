import type { ReportSelection } from '@/lib/db/report-query'
import { AppError } from '@/lib/domain/errors'
import { spanOfDays } from '@/lib/domain/term'
import type { ReportFilter } from './schema'

/** The lines that a filter names. Days are the university's own: half-open, from the first moment of one to the end of the other. */
export function selectionOf(
  filter: ReportFilter,
  { universityId, timeZone }: { universityId: string; timeZone: string },
): ReportSelection {
  const { termId, college, programme, state, kind, from, to } = filter
  return {
    universityId,
    termId,
    college,
    programme: programme === '-' ? '' : programme,
    filed: state === 'all' ? null : state === 'filed',
    kind,
    issuedFrom: from === null ? null : spanOfDay(from, timeZone).startsAt,
    issuedBefore: to === null ? null : spanOfDay(to, timeZone).endsAt,
    filingId: null,
  }
}

/** All lines of a filing. */
export function selectionOfFiling({ universityId, filingId }: { universityId: string; filingId: string }) {
  const nothing = { termId: null, college: null, programme: null, filed: null, kind: null }
  return { universityId, ...nothing, issuedFrom: null, issuedBefore: null, filingId } satisfies ReportSelection
}

function spanOfDay(day: string, timeZone: string) {
  const span = spanOfDays(day, day, timeZone)
  if (span === null) throw new AppError('invalid', 'no_such_day')
  return span
}
