import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { switchUniversity } from '@/app/_frame/actions'
import { navigationFor } from '@/app/_frame/navigation'
import { AppShell } from '@/components/shell/app-shell'
import { homePathFor } from '@/lib/auth/home-path'
import type { Membership, Viewer } from '@/lib/auth/types'

/** The frame of every page after sign-in, filled with who is there. */
export async function MemberFrame({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  const [t, locale, sections] = await Promise.all([
    getTranslations('nav'),
    getLocale(),
    navigationFor(viewer.actor.roles),
  ])
  const nameOf = ({ nameZh, nameEn }: Membership) => (locale === 'en' ? nameEn : nameZh)
  return (
    <AppShell
      homeHref={homePathFor(viewer.actor.roles)}
      sections={sections}
      universities={viewer.memberships.map((membership) => ({
        universityId: membership.universityId,
        name: nameOf(membership),
        current: membership.universityId === viewer.university.universityId,
      }))}
      switchUniversityAction={switchUniversity}
      notifications={{ href: '/notifications', unread: viewer.unreadNotifications }}
      account={{
        person: {
          name: viewer.name,
          number: viewer.number,
          roles: viewer.actor.roles.map((role) => t(`${role}.label`)),
        },
        links: [
          { href: '/settings', label: t('account.settings'), icon: 'settings' },
          { href: '/universities', label: t('account.universities'), icon: 'university' },
        ],
        signOutAction: '/api/auth/sign-out',
      }}
    >
      {children}
    </AppShell>
  )
}
