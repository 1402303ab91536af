import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFoundIfInvalid } from '@/app/_frame/not-found-if-invalid'
import { markAllAction, openAction } from '@/app/(student)/notifications/actions'
import { cx } from '@/components/ui/cx'
import { DateTime } from '@/components/ui/date-time'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { VisuallyHidden } from '@/components/ui/visually-hidden'
import { requireViewer } from '@/lib/auth/session'
import { isPlatform, platformName } from '@/lib/domain/platform'
import { formatHundredths } from '@/lib/i18n/format'
import { listNotifications } from '@/lib/notifications/list-notifications'
import { listNotificationsInput } from '@/lib/notifications/schema'
import type { NotificationPage, NotificationView } from '@/lib/notifications/view'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('notifications')
  return { title: t('title') }
}

type TermNames = NotificationPage['terms']

/** The data as words take it: credit as a figure, platforms and terms by their names. */
function wordsData({ data }: NotificationView, terms: TermNames, locale: string): Record<string, string | number> {
  const entries = Object.entries(data).map(([key, value]): [string, string | number] => {
    if (key === 'creditHundredths' && typeof value === 'number') return ['credit', formatHundredths(value)]
    if (key === 'platform' && typeof value === 'string' && isPlatform(value)) return [key, platformName(value)]
    if (key === 'termCode' && typeof value === 'string') {
      const names = terms[value]
      return ['term', (locale === 'en' ? names?.nameEn : names?.nameZh) ?? value]
    }
    return [key, typeof value === 'number' ? value : String(value)]
  })
  return Object.fromEntries(entries)
}

type EntryProps = { notification: NotificationView; terms: TermNames; timeZone: string }

async function Entry({ notification, terms, timeZone }: EntryProps) {
  const [t, locale] = await Promise.all([getTranslations('notifications'), getLocale()])
  const comment = 'comment' in notification.data ? notification.data.comment : ''
  return (
    <li className={cx('border-line border-b last:border-0', !notification.isRead && 'bg-cinnabar-wash/40')}>
      <form action={openAction}>
        <input type="hidden" name="id" value={notification.id} />
        <button type="submit" className="flex w-full items-start gap-3 px-5 py-3 text-start hover:bg-wash">
          <span
            aria-hidden="true"
            className={cx('mt-2 size-2 shrink-0 rounded-full', notification.isRead ? 'bg-transparent' : 'bg-cinnabar')}
          />
          <span className="min-w-0 flex-1">
            {notification.isRead ? null : <VisuallyHidden>{t('unread')}</VisuallyHidden>}
            <span className={cx('block', !notification.isRead && 'font-medium')}>
              {t(`codes.${notification.code}`, wordsData(notification, terms, locale))}
            </span>
            {comment === '' ? null : <q className="mt-0.5 block text-ink-soft text-sm">{comment}</q>}
            <span className="mt-0.5 block text-ink-faint text-sm">
              <DateTime value={notification.createdAt} timeZone={timeZone} />
            </span>
          </span>
        </button>
      </form>
    </li>
  )
}

/** What one was told at this university; following one marks it as read. */
export default async function NotificationsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const viewer = await requireViewer()
  const input = listNotificationsInput.safeParse(await searchParams)
  if (!input.success) notFound()
  const [t, page] = await Promise.all([
    getTranslations('notifications'),
    listNotifications(viewer.actor, input.data).catch(notFoundIfInvalid),
  ])
  const { notifications, terms, nextCursor } = page
  const action =
    viewer.unreadNotifications > 0 ? (
      <form action={markAllAction}>
        <SubmitButton variant="secondary">{t('markAll')}</SubmitButton>
      </form>
    ) : undefined
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} {...(action ? { action } : {})} />
      <Panel flush className="max-w-4xl">
        {notifications.length === 0 ? (
          <EmptyState icon="bell" title={t('empty.title')}>
            {t('empty.text')}
          </EmptyState>
        ) : (
          <ul>
            {notifications.map((notification) => (
              <Entry
                key={notification.id}
                notification={notification}
                terms={terms}
                timeZone={viewer.university.timeZone}
              />
            ))}
          </ul>
        )}
        <Pagination
          firstHref={input.data.cursor === undefined ? null : '/notifications'}
          nextHref={nextCursor === null ? null : `/notifications?cursor=${nextCursor}`}
        />
      </Panel>
    </>
  )
}
