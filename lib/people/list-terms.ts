import { withScope } from '@/lib/db/scope'
import { listTermLines, type TermLine } from '@/lib/db/terms'
import { getTimeZone } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { dayOf, isWithin } from '@/lib/domain/term'
import { termFingerprint } from './term-desk'
import type { TermView } from './view'

/** The university's terms with their claims and credit, newest first. */
export async function listTerms(
  actor: MemberActor,
  { now }: { now: Date },
): Promise<{ terms: TermView[]; timeZone: string }> {
  const { universityId } = actor
  assertCan(actor, 'term.manage', { universityId })
  return withScope({ universityId }, async (tx) => {
    const timeZone = await getTimeZone(tx, universityId)
    const lines = await listTermLines(tx, universityId)
    return { terms: lines.map((line) => toTermView(line, timeZone, now)), timeZone }
  })
}

function toTermView(line: TermLine, timeZone: string, now: Date): TermView {
  return {
    ...line,
    firstDay: dayOf(line.startsAt, timeZone),
    // Half-open: the last day is the one before the end.
    lastDay: dayOf(new Date(line.endsAt.getTime() - 1), timeZone),
    isCurrent: isWithin(now, line),
    isOver: line.endsAt.getTime() <= now.getTime(),
    fingerprint: termFingerprint(line),
  }
}
