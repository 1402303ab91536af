import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { LanguageSwitch, ThemeSwitch } from '@/components/shell/preference-switches'
import { Icon, type IconName } from '@/components/ui/icon'
import { Menu } from '@/components/ui/menu'

export type AccountLink = { href: string; label: string; icon: IconName }

export type AccountMenuProps = {
  person: { name: string; number?: string | null; roles: readonly string[] }
  links: readonly AccountLink[]
  /** Where the sign-out is posted to: it leads on to the university's, so it is a route and no action. */
  signOutAction: string
}

const ITEM = 'flex min-h-9 w-full items-center gap-2.5 rounded-md px-2.5 text-start text-sm hover:bg-wash'

/** Who is signed in, what is theirs, how it looks, the way out. */
export async function AccountMenu({ person, links, signOutAction }: AccountMenuProps) {
  const t = await getTranslations('shell')
  return (
    <Menu
      label={t('account', { name: person.name })}
      button={
        <>
          <Icon name="user" />
          <span className="max-w-32 truncate max-sm:hidden">{person.name}</span>
          <Icon name="chevron-down" className="size-3.5 max-sm:hidden" />
        </>
      }
    >
      <div className="px-2.5 pt-1 pb-2">
        <p className="font-medium">
          <bdi>{person.name}</bdi>
        </p>
        <p className="text-ink-faint text-sm">
          {person.number ? <span className="block font-mono">{person.number}</span> : null}
          {person.roles.join(' · ')}
        </p>
      </div>
      <ul className="border-line border-t py-1">
        {links.map((link) => (
          <li key={link.href}>
            <Link href={link.href} prefetch={false} className={ITEM}>
              <Icon name={link.icon} />
              {link.label}
            </Link>
          </li>
        ))}
      </ul>
      <div className="space-y-1.5 border-line border-t px-1 py-2">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <form action={signOutAction} method="post" className="border-line border-t pt-1">
        <button type="submit" className={ITEM}>
          <Icon name="sign-out" />
          {t('signOut')}
        </button>
      </form>
    </Menu>
  )
}
