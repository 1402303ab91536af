import Link from 'next/link'
import type { ReactNode } from 'react'
import { cx } from '@/components/ui/cx'

export type Tab = { href: string; label: ReactNode; count?: number | undefined; current?: boolean | undefined }

/** Views of the same thing, each with its own address. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="mb-5 overflow-x-auto border-line border-b">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              prefetch={false}
              aria-current={tab.current ? 'page' : undefined}
              className={cx(
                '-mb-px inline-flex items-center gap-2 whitespace-nowrap border-b-2 px-3 py-2 text-[0.9375rem] -outline-offset-2',
                tab.current
                  ? 'border-cinnabar font-medium text-ink'
                  : 'border-transparent text-ink-soft hover:border-line-strong hover:text-ink',
              )}
            >
              {tab.label}
              {tab.count !== undefined ? (
                <span className="rounded-sm bg-wash px-1.5 text-ink-soft text-xs">{tab.count}</span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
