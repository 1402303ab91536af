import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Icon } from '@/components/ui/icon'

export type Crumb = { href: string; label: string }

/** The way back up. The page itself is not repeated: its title follows right below. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const t = useTranslations('ui')
  return (
    <nav aria-label={t('breadcrumbs')} className="mb-2 text-sm">
      <ol className="flex flex-wrap items-center gap-x-1.5">
        {crumbs.map((crumb, index) => (
          <li key={crumb.href} className="inline-flex items-center gap-1.5">
            {index > 0 ? <Icon name="chevron-right" className="size-3.5 text-ink-faint" /> : null}
            <Link
              href={crumb.href}
              prefetch={false}
              className="inline-flex min-h-6 items-center text-ink-soft underline-offset-4 hover:text-ink hover:underline"
            >
              {index === 0 ? <Icon name="chevron-left" className="me-0.5 size-3.5" /> : null}
              {crumb.label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
