import { listNotificationRows, type NotificationPosition } from '@/lib/db/notification-list'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { encodeKeyset, parseKeyset } from '@/lib/domain/keyset'
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
  const after = input.cursor === undefined ? null : positionOf(input.cursor)
  const rows = await withScope(actor, (tx) =>
    listNotificationRows(tx, { universityId, memberId, after, limit: PAGE + 1 }),
  )
  const shown = rows.slice(0, PAGE)
  const last = shown.at(-1)
  return {
    notifications: shown.flatMap((row) => toNotificationView(row) ?? []),
    nextCursor: rows.length > PAGE && last ? encodeKeyset([last.createdAt.toISOString(), last.id]) : null,
  }
}

function positionOf(cursor: string): NotificationPosition {
  const [createdAt, id] = parseKeyset(cursor, 2) ?? []
  const at = new Date(typeof createdAt === 'string' ? createdAt : Number.NaN)
  if (Number.isNaN(at.getTime()) || typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) {
    throw new AppError('invalid', 'bad_cursor')
  }
  return { createdAt: at, id }
}
