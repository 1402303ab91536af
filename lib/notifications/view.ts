import type { NotificationCode, NotificationData } from '@/lib/domain/notification'

type Told = { [Code in NotificationCode]: { code: Code; data: NotificationData<Code> } }[NotificationCode]

/** A notification as its member sees it; the screen has the words. */
export type NotificationView = Told & {
  id: string
  createdAt: Date
  isRead: boolean
  /** The page that it is about. */
  href: `/${string}`
}

export type NotificationPage = {
  notifications: readonly NotificationView[]
  /** How the terms that they speak of are called, by code. */
  terms: Readonly<Record<string, { nameZh: string; nameEn: string }>>
  nextCursor: string | null
}
