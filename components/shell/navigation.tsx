import { NavLink } from '@/components/shell/nav-link'
import { Icon, type IconName } from '@/components/ui/icon'

export type NavItem = {
  href: string
  label: string
  icon: IconName
  /** What waits there; 0 is not shown. */
  count?: number
  exact?: boolean
}

/** What one role does here. The label is shown when a person has more than one role. */
export type NavSection = { key: string; label: string; items: readonly NavItem[] }

/** The places a member may go to, by role. */
export function Navigation({ label, sections }: { label: string; sections: readonly NavSection[] }) {
  return (
    <nav aria-label={label} className="space-y-5">
      {sections.map((section) => (
        <div key={section.key}>
          {sections.length > 1 ? (
            <p className="mb-1 px-3 text-ink-faint text-xs tracking-wide">{section.label}</p>
          ) : null}
          <ul className="space-y-0.5">
            {section.items.map((item) => (
              <li key={item.href}>
                <NavLink href={item.href} exact={item.exact}>
                  <Icon name={item.icon} />
                  <span className="flex-1">{item.label}</span>
                  {item.count ? (
                    <span className="rounded-sm bg-wash px-1.5 text-ink-soft text-xs">{item.count}</span>
                  ) : null}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
