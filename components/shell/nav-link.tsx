'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

type Props = {
  href: string
  /** Only this very address is current, not the pages under it. */
  exact?: boolean | undefined
  children: ReactNode
}

/** A link of the navigation; knows whether the reader is there. */
export function NavLink({ href, exact, children }: Props) {
  const pathname = usePathname()
  const current = pathname === href || (!exact && pathname.startsWith(`${href}/`))
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={current ? 'page' : undefined}
      className={
        'flex min-h-9 items-center gap-2.5 rounded-md border-s-2 border-transparent px-3 py-1 text-[0.9375rem] text-ink-soft ' +
        'hover:bg-wash hover:text-ink aria-[current]:border-cinnabar aria-[current]:bg-wash aria-[current]:font-medium aria-[current]:text-ink'
      }
    >
      {children}
    </Link>
  )
}
