import { type NotificationCode, type NotificationData, notificationSchemas } from '@/lib/domain/notification'
import type { Tx } from './scope'

export type NotificationInput<C extends NotificationCode> = {
  universityId: string
  memberId: string
  code: C
  data: NotificationData<C>
  createdAt: Date
}

/** Tells a member something, in the transaction of the change that it is about. */
export async function addNotification<C extends NotificationCode>(tx: Tx, input: NotificationInput<C>): Promise<void> {
  const data = notificationSchemas[input.code].parse(input.data)
  await tx.notification.createMany({ data: { ...input, data: JSON.parse(JSON.stringify(data)) } })
}
