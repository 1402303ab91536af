import type { Tx } from './scope'

export type NotificationRow = { id: string; code: string; data: unknown; createdAt: Date; readAt: Date | null }

/** Where a page goes on: after this one, older. */
export type NotificationPosition = { createdAt: Date; id: string }

type Member = { universityId: string; memberId: string }

const FIELDS = { id: true, code: true, data: true, createdAt: true, readAt: true }

/** A member's notifications, newest first. */
export async function listNotificationRows(
  tx: Tx,
  { universityId, memberId, after, limit }: Member & { after: NotificationPosition | null; limit: number },
): Promise<NotificationRow[]> {
  return tx.notification.findMany({
    where: {
      universityId,
      memberId,
      ...(after && {
        OR: [{ createdAt: { lt: after.createdAt } }, { createdAt: after.createdAt, id: { lt: after.id } }],
      }),
    },
    select: FIELDS,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })
}

/** One notification of the member, or null. */
export async function findNotificationRow(tx: Tx, key: Member & { id: string }): Promise<NotificationRow | null> {
  return tx.notification.findFirst({ where: key, select: FIELDS })
}

/** Marks one of the member's notifications as read; a second time changes nothing. */
export async function markNotificationRead(tx: Tx, key: Member & { id: string; readAt: Date }): Promise<void> {
  const { readAt, ...where } = key
  await tx.notification.updateMany({ where: { ...where, readAt: null }, data: { readAt } })
}

/** Marks the member's notifications that existed at `readAt` as read. @returns how many were unread */
export async function markNotificationsRead(tx: Tx, { readAt, ...member }: Member & { readAt: Date }): Promise<number> {
  const where = { ...member, readAt: null, createdAt: { lte: readAt } }
  return (await tx.notification.updateMany({ where, data: { readAt } })).count
}
