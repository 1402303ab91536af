import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { AccountMenu, type AccountMenuProps } from '@/components/shell/account-menu'
import { Arriving } from '@/components/shell/arriving'
import { Brand } from '@/components/shell/brand'
import { Footer } from '@/components/shell/footer'
import { Navigation, type NavSection } from '@/components/shell/navigation'
import { type UniversityChoice, UniversitySwitcher } from '@/components/shell/university-switcher'
import { Icon } from '@/components/ui/icon'
import { Menu } from '@/components/ui/menu'
import { PageSkeleton } from '@/components/ui/skeleton'
import { SkipLink } from '@/components/ui/skip-link'

type Props = {
  /** Where the wordmark leads: the member's first page. */
  homeHref: string
  sections: readonly NavSection[]
  universities: readonly UniversityChoice[]
  switchUniversityAction?: (data: FormData) => Promise<void>
  notifications: { href: string; unread: number }
  account: AccountMenuProps
  children: ReactNode
}

async function NotificationsLink({ href, unread }: { href: string; unread: number }) {
  const t = await getTranslations('shell')
  return (
    <Link
      href={href}
      prefetch={false}
      aria-label={t('notifications', { unread })}
      className="relative inline-flex size-9 items-center justify-center rounded-md text-ink-soft hover:bg-wash hover:text-ink"
    >
      <Icon name="bell" className="size-[1.125rem]" />
      {unread > 0 ? (
        <span
          aria-hidden="true"
          className="absolute end-0.5 top-0.5 min-w-4 rounded-full bg-cinnabar px-1 text-center font-medium text-[0.6875rem] text-on-cinnabar leading-4"
        >
          {unread > 99 ? '99+' : unread}
        </span>
      ) : null}
    </Link>
  )
}

/** The frame of every page after sign-in: bar, navigation by role (a menu below 1024 px), page, foot. */
export async function AppShell(props: Props) {
  const [t, common] = await Promise.all([getTranslations('shell'), getTranslations('common')])
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink label={t('skip')} />
      <header className="sticky top-0 z-30 border-line border-b bg-paper print:hidden">
        <div className="mx-auto flex h-14 max-w-[90rem] items-center gap-2 px-3 sm:gap-4 sm:px-6">
          <Menu
            label={t('menu')}
            button={<Icon name="menu" className="size-5" />}
            className="lg:hidden"
            buttonClassName="inline-flex size-9 items-center justify-center rounded-md hover:bg-wash"
            panelClassName="absolute inset-x-0 top-full z-40 max-h-[calc(100dvh-3.5rem)] overflow-y-auto border-line border-y bg-sheet p-4 shadow-[0_12px_24px_rgb(0_0_0/0.14)]"
          >
            <Navigation label={t('navigation')} sections={props.sections} />
          </Menu>
          <Brand href={props.homeHref} />
          <div className="flex min-w-0 flex-1 items-center border-line ps-2 sm:border-s sm:ps-4">
            <UniversitySwitcher universities={props.universities} switchAction={props.switchUniversityAction} />
          </div>
          <NotificationsLink {...props.notifications} />
          <AccountMenu {...props.account} />
        </div>
      </header>
      {/* As tall as the window: the foot is below it from the start, and is not seen to move when a page has come. */}
      <div className="mx-auto flex min-h-[calc(100dvh-3.5rem)] w-full max-w-[90rem] flex-1">
        <div className="sticky top-14 max-h-[calc(100dvh-3.5rem)] w-56 shrink-0 self-start overflow-y-auto py-6 ps-3 pe-2 max-lg:hidden print:hidden">
          <Navigation label={t('navigation')} sections={props.sections} />
        </div>
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 px-4 py-6 outline-none sm:px-6 lg:px-8">
          <Arriving skeleton={<PageSkeleton label={common('loading')} />}>{props.children}</Arriving>
        </main>
      </div>
      <Footer />
    </div>
  )
}
