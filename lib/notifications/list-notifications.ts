import { listNotificationRows } from '@/lib/db/notification-list'
import { withScope } from '@/lib/db/scope'
import { listAllTerms } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { encodeMoment, parseMoment } from '@/lib/domain/moment-position'
import { assertCan } from '@/lib/domain/permissions'
import { toNotificationView } from './to-view'
import type { NotificationPage } from './view'

const PAGE = 30

/**
 * What the actor was told at this university, newest first.
 * @throws AppError invalid `bad_cursor`
 */
export async function listNotifications(
  actor: MemberActor,
  input: { cursor?: string | undefined },
): Promise<NotificationPage> {
  const { universityId, memberId, personId } = actor
  assertCan(actor, 'notification.list', { universityId, ownerPersonId: personId })
  const place = parseMoment(input.cursor)
  const after = place && { createdAt: place.at, id: place.id }
  const { rows, terms } = await withScope(actor, async (tx) => ({
    rows: await listNotificationRows(tx, { universityId, memberId, after, limit: PAGE + 1 }),
    terms: await listAllTerms(tx, universityId),
  }))
  const shown = rows.slice(0, PAGE)
  const last = shown.at(-1)
  return {
    notifications: shown.flatMap((row) => toNotificationView(row) ?? []),
    terms: Object.fromEntries(terms.map(({ code, nameZh, nameEn }) => [code, { nameZh, nameEn }])),
    nextCursor: rows.length > PAGE && last ? encodeMoment({ at: last.createdAt, id: last.id }) : null,
  }
}
