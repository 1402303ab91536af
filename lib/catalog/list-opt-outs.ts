import { listMaintainerRequestRows } from '@/lib/db/maintainer-requests'
import { withScope } from '@/lib/db/scope'
import type { MemberActor, OperatorActor } from '@/lib/domain/actor'
import { encodeMoment, parseMoment } from '@/lib/domain/moment-position'
import { assertCan } from '@/lib/domain/permissions'
import type { OptOutQueueQuery } from './schema'
import type { OptOutQueue } from './view'

const PAGE = 30

/**
 * What maintainers ask for, the longest waiting first: for the operator, who decides, and for the admins of universities,
 * who may exclude a repository at theirs meanwhile.
 * @throws AppError invalid `bad_cursor`
 */
export async function listOptOuts(
  actor: MemberActor | OperatorActor,
  { state, cursor }: OptOutQueueQuery,
): Promise<OptOutQueue> {
  if (actor.kind === 'member') assertCan(actor, 'catalog.override', { universityId: actor.universityId })
  else assertCan(actor, 'catalog.share', {})
  const scope = actor.kind === 'member' ? { universityId: actor.universityId } : { operator: true as const }
  const place = parseMoment(cursor)
  const after = place && { createdAt: place.at, id: place.id }
  const rows = await withScope(scope, (tx) => listMaintainerRequestRows(tx, { state, after, limit: PAGE + 1 }))
  const requests = rows.slice(0, PAGE)
  const last = requests.at(-1)
  return {
    requests,
    nextCursor: rows.length > PAGE && last ? encodeMoment({ at: last.createdAt, id: last.id }) : null,
  }
}
