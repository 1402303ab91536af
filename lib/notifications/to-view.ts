import type { NotificationRow } from '@/lib/db/notification-list'
import { isNotificationCode, type NotificationCode, notificationSchemas } from '@/lib/domain/notification'
import type { NotificationView } from './view'

/** The page that a notification is about. */
export function hrefOf(code: NotificationCode, data: Readonly<Record<string, unknown>>): `/${string}` {
  switch (code) {
    case 'sync_needs_you':
      return '/accounts'
    case 'nomination_accepted':
    case 'nomination_refused':
      return '/catalog/nominations'
    case 'shares_proposed':
    case 'shares_refused':
    case 'shares_locked':
      return '/contributions/shares'
    case 'credit_corrected':
      return '/credits'
    case 'approved_contribution_reverted':
    case 'approved_contribution_warned':
      return `/admin/approvals/${String(data.claimId)}`
    default:
      return `/claims/${String(data.claimId)}`
  }
}

/** A stored notification for its member; null for one of a kind that there are no words for any more. */
export function toNotificationView(row: NotificationRow): NotificationView | null {
  if (!isNotificationCode(row.code)) return null
  const data = notificationSchemas[row.code].safeParse(row.data)
  if (!data.success) return null
  const { id, createdAt, readAt, code } = row
  // The schema of the code parsed the data: the pair is one of the union.
  return {
    id,
    createdAt,
    isRead: readAt !== null,
    href: hrefOf(code, data.data),
    code,
    data: data.data,
  } as NotificationView
}
