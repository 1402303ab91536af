import { getTranslations } from 'next-intl/server'
import type { NavItem, NavSection } from '@/components/shell/navigation'
import type { Role } from '@/lib/domain/actor'

type Place = Omit<NavItem, 'label'> & { word: string }

const PLACES: Record<Role, readonly Place[]> = {
  student: [
    { href: '/home', icon: 'overview', word: 'student.home' },
    { href: '/contributions', icon: 'merge', word: 'student.contributions' },
    { href: '/claims', icon: 'document', word: 'student.claims' },
    { href: '/credits', icon: 'stamp', word: 'student.credit' },
    { href: '/accounts', icon: 'link', word: 'student.accounts' },
    { href: '/policy', icon: 'policy', word: 'student.policy' },
    { href: '/catalog', icon: 'catalog', word: 'student.catalog' },
  ],
  reviewer: [
    { href: '/review', icon: 'checklist', word: 'reviewer.queue' },
    { href: '/policy', icon: 'policy', word: 'reviewer.policy' },
  ],
  admin: [
    { href: '/admin', icon: 'overview', word: 'admin.overview', exact: true },
    { href: '/admin/approvals', icon: 'stamp', word: 'admin.approvals' },
    { href: '/admin/people', icon: 'users', word: 'admin.people' },
    { href: '/admin/roster', icon: 'spreadsheet', word: 'admin.roster' },
    { href: '/admin/terms', icon: 'calendar', word: 'admin.terms' },
    { href: '/admin/catalog', icon: 'catalog', word: 'admin.catalog' },
    { href: '/admin/policies', icon: 'policy', word: 'admin.policy' },
    { href: '/admin/sync', icon: 'refresh', word: 'admin.sync' },
    { href: '/admin/ledger', icon: 'ledger', word: 'admin.ledger' },
    { href: '/admin/reports', icon: 'download', word: 'admin.reports' },
    { href: '/admin/filings', icon: 'inbox', word: 'admin.filings' },
    { href: '/admin/audit', icon: 'history', word: 'admin.audit' },
    { href: '/admin/settings', icon: 'settings', word: 'admin.settings' },
  ],
}

/** Where somebody with these roles may go. A reviewer who is a student too finds the policy once. */
export async function navigationFor(roles: readonly Role[]): Promise<NavSection[]> {
  const t = await getTranslations('nav')
  const seen = new Set<string>()
  return roles.map((role) => ({
    key: role,
    label: t(`${role}.label`),
    items: PLACES[role].flatMap(({ word, ...place }) => {
      if (seen.has(place.href)) return []
      seen.add(place.href)
      return [{ ...place, label: t(word) }]
    }),
  }))
}
