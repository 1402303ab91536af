'use server'

import * as z from 'zod'
import { createPlainAction } from '@/lib/http/action'
import { markAllRead, openNotification } from '@/lib/notifications/mark-read'
import { openNotificationInput } from '@/lib/notifications/schema'

const performOpen = createPlainAction({
  name: 'notifications.open',
  schema: openNotificationInput,
  run: async ({ actor, input, now }) => ({ redirectTo: (await openNotification(actor, input, { now })).href }),
})

const performMarkAll = createPlainAction({
  name: 'notifications.mark_all_read',
  schema: z.object({}),
  run: async ({ actor, now }) => {
    await markAllRead(actor, { now })
    return { redirectTo: '/notifications' }
  },
})

export async function openAction(data: FormData): Promise<void> {
  return performOpen(data)
}

export async function markAllAction(data: FormData): Promise<void> {
  return performMarkAll(data)
}
