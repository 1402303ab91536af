import { countOpenNominations, listNominationRows } from '@/lib/db/catalog-nominations'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { encodeMoment, parseMoment } from '@/lib/domain/moment-position'
import { assertCan } from '@/lib/domain/permissions'
import type { NominationQueueQuery } from './schema'
import { toNominationView } from './to-view'
import type { NominationQueue } from './view'

const PAGE = 30

/**
 * The university's nominations of one state, the longest waiting first.
 * @throws AppError invalid `bad_cursor`
 */
export async function listNominations(
  actor: MemberActor,
  { state, cursor }: NominationQueueQuery,
  { now }: { now: Date },
): Promise<NominationQueue> {
  const { universityId } = actor
  assertCan(actor, 'catalog.override', { universityId })
  const place = parseMoment(cursor)
  const after = place && { createdAt: place.at, id: place.id }
  return withScope({ universityId }, async (tx) => {
    const rows = await listNominationRows(tx, { universityId, state, after, limit: PAGE + 1 })
    const shown = rows.slice(0, PAGE)
    const last = shown.at(-1)
    return {
      nominations: shown.map((row) => toNominationView(row, now)),
      nextCursor: rows.length > PAGE && last ? encodeMoment({ at: last.createdAt, id: last.id }) : null,
      open: await countOpenNominations(tx, universityId),
    }
  })
}
