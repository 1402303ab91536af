import * as z from 'zod'

export const listNotificationsInput = z.object({ cursor: z.string().max(600).optional() })
export const openNotificationInput = z.object({ id: z.uuid() })
