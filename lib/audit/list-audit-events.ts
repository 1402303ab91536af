import { type AuditEventRow, listAuditEventRows } from '@/lib/db/audit-event-list'
import { listAuditNames } from '@/lib/db/audit-names'
import { withScope } from '@/lib/db/scope'
import { getTimeZone } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { isAuditAction, SUBJECT_KINDS } from '@/lib/domain/audit-event'
import { encodeMoment, parseMoment } from '@/lib/domain/moment-position'
import { assertCan } from '@/lib/domain/permissions'
import { spanOfDays } from '@/lib/domain/term'
import { detailsOf, type Names, thingsOf, toThing } from './details-of'
import type { AuditQuery } from './schema'
import type { AuditEventView, AuditPage } from './view'

const PAGE = 50

/**
 * What happened at the actor's university, newest first.
 * @throws AppError invalid `bad_cursor`
 */
export async function listAuditEvents(actor: MemberActor, query: AuditQuery): Promise<AuditPage> {
  assertCan(actor, 'audit.view', { universityId: actor.universityId })
  const { universityId } = actor
  const place = parseMoment(query.cursor)
  const after = place && { occurredAt: place.at, id: place.id }
  return withScope(actor, async (tx) => {
    const timeZone = await getTimeZone(tx, universityId)
    const rows = await listAuditEventRows(tx, {
      universityId,
      limit: PAGE + 1,
      after,
      area: query.area,
      actorMemberId: query.actorMemberId,
      subject: subjectOf(query),
      from: query.from === null ? null : (spanOfDays(query.from, query.from, timeZone)?.startsAt ?? null),
      until: query.to === null ? null : (spanOfDays(query.to, query.to, timeZone)?.endsAt ?? null),
    })
    const shown = rows.slice(0, PAGE)
    const last = shown.at(-1)
    const names = await listAuditNames(tx, { universityId, things: shown.flatMap(thingsOf) })
    return {
      events: shown.flatMap((row) => toView(row, names)),
      nextCursor: rows.length > PAGE && last ? encodeMoment({ at: last.occurredAt, id: last.id }) : null,
      timeZone,
    }
  })
}

function subjectOf({ subjectKind, subjectId }: AuditQuery): { kind: string; id: string } | null {
  return subjectKind && subjectId ? { kind: subjectKind, id: subjectId } : null
}

/** The catalogue is closed: a row that is not of it can only come from a newer version of the app, and is left out. */
function toView(row: AuditEventRow, names: Names): AuditEventView[] {
  const kind = SUBJECT_KINDS.find((known) => known === row.subjectKind)
  if (!isAuditAction(row.action) || kind === undefined) return []
  return [
    {
      id: row.id,
      occurredAt: row.occurredAt,
      actor: actorOf(row),
      action: row.action,
      subject: toThing(kind, row.subjectId, names),
      details: detailsOf(row, names),
      reason: row.reason,
    },
  ]
}

function actorOf({ actorKind, actorName, actor }: AuditEventRow): AuditEventView['actor'] {
  if (actorKind === 'system' || actorKind === 'operator') return { kind: actorKind, name: actorName }
  if (actor === null) return { kind: 'member_gone' }
  return { kind: 'member', memberId: actor.id, name: actor.name, number: actor.number }
}
