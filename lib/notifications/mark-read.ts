import { findNotificationRow, markNotificationRead, markNotificationsRead } from '@/lib/db/notification-list'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { toNotificationView } from './to-view'

/**
 * Marks one notification as read and tells the page that it is about.
 * @throws AppError not_found for one that is not the actor's
 */
export async function openNotification(
  actor: MemberActor,
  { id }: { id: string },
  deps: { now: Date },
): Promise<{ href: `/${string}` }> {
  const key = { id, universityId: actor.universityId, memberId: actor.memberId }
  assertCan(actor, 'notification.list', { universityId: actor.universityId, ownerPersonId: actor.personId })
  return withScope(actor, async (tx) => {
    const row = await findNotificationRow(tx, key)
    if (row === null) throw new AppError('not_found', 'notification_not_found')
    await markNotificationRead(tx, { ...key, readAt: deps.now })
    return { href: toNotificationView(row)?.href ?? '/notifications' }
  })
}

/** Marks everything that the actor was told up to now as read. @returns how many were unread */
export async function markAllRead(actor: MemberActor, deps: { now: Date }): Promise<number> {
  const { universityId, memberId, personId } = actor
  assertCan(actor, 'notification.list', { universityId, ownerPersonId: personId })
  return withScope(actor, (tx) => markNotificationsRead(tx, { universityId, memberId, readAt: deps.now }))
}
