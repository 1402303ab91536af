import { countNominationsSince, listNominationsOfMember } from '@/lib/db/catalog-nominations'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { encodeMoment, parseMoment } from '@/lib/domain/moment-position'
import { NOMINATION_WEEK_DAYS, NOMINATIONS_PER_WEEK } from '@/lib/domain/nomination'
import { assertCan } from '@/lib/domain/permissions'
import { toNominationView } from './to-view'
import type { OwnNominations } from './view'

const PAGE = 20
const WEEK_MS = NOMINATION_WEEK_DAYS * 86_400_000

/**
 * What the actor put forward and what came of it, newest first, with how many more may follow this week.
 * @throws AppError invalid `bad_cursor`
 */
export async function listOwnNominations(
  actor: MemberActor,
  { cursor }: { cursor: string | null },
  { now }: { now: Date },
): Promise<OwnNominations> {
  const { universityId, memberId } = actor
  assertCan(actor, 'catalog.propose', { universityId })
  const place = parseMoment(cursor)
  const before = place && { createdAt: place.at, id: place.id }
  return withScope({ universityId }, async (tx) => {
    const rows = await listNominationsOfMember(tx, { universityId, memberId, before, limit: PAGE + 1 })
    const since = new Date(now.getTime() - WEEK_MS)
    const used = await countNominationsSince(tx, { universityId, memberId, since })
    const shown = rows.slice(0, PAGE)
    const last = shown.at(-1)
    return {
      nominations: shown.map((row) => toNominationView(row, now)),
      nextCursor: rows.length > PAGE && last ? encodeMoment({ at: last.createdAt, id: last.id }) : null,
      left: Math.max(0, NOMINATIONS_PER_WEEK - used),
    }
  })
}
