import {
  COUNTED_UP_TO,
  listQueueDepartments,
  listQueuedClaims,
  type QueuedClaim,
  type QueueSelection,
} from '@/lib/db/review-queue'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { encodeMoment, parseMoment } from '@/lib/domain/moment-position'
import type { QueueFilter } from './schema'
import type { QueueItem, ReviewQueue } from './view'

const PAGE = 25

type Query = {
  state: QueueSelection['state']
  /** Departments that the actor sees; null is all. */
  departmentIds: readonly string[] | null
  shownDepartmentId: string | null
  filter: QueueFilter
  cursor: string | null
  limit?: number
}

/** A page of a queue and the departments it is made of; the caller asked the permissions. */
export async function listQueue(actor: MemberActor, query: Query): Promise<ReviewQueue> {
  const { shownDepartmentId, departmentIds, limit = PAGE } = query
  const place = parseMoment(query.cursor)
  const after = place && { queuedAt: place.at, id: place.id }
  const selection: QueueSelection = {
    universityId: actor.universityId,
    state: query.state,
    departmentIds,
    readerPersonId: actor.personId,
    warnings: WARNINGS_OF[query.filter],
  }
  const shown = { ...selection, departmentIds: shownDepartmentId === null ? departmentIds : [shownDepartmentId] }
  return withScope({ universityId: actor.universityId }, async (tx) => {
    const rows = await listQueuedClaims(tx, shown, { after, limit: limit + 1 })
    const departments = await listQueueDepartments(tx, selection)
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) : undefined
    return {
      items: page.map((row) => toQueueItem(row, query.state)),
      nextCursor: last ? encodeMoment({ at: last.queuedAt, id: last.claimId }) : null,
      departments,
      countedUpTo: COUNTED_UP_TO,
    }
  })
}

const WARNINGS_OF = { all: 'all', no_warnings: 'none', with_warnings: 'some' } as const

function toQueueItem(row: QueuedClaim, state: QueueSelection['state']): QueueItem {
  const complete = row.evidenceState === 'complete'
  return {
    claimId: row.claimId,
    version: row.version,
    student: { name: row.studentName, number: row.studentNumber },
    departmentName: row.departmentName,
    term: { code: row.termCode, nameZh: row.termNameZh, nameEn: row.termNameEn },
    queuedAt: row.queuedAt,
    itemCount: row.itemCount,
    warningCount: row.warningCount,
    creditHundredths: row.creditHundredths,
    endorsedByName: row.endorsedByName,
    endorsedByYou: row.endorsedByReader,
    bulk: complete && (state === 'in_review' ? row.warningCount === 0 : !row.endorsedByReader),
  }
}
