import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cx } from '@/components/ui/cx'
import { Icon } from '@/components/ui/icon'
import type { LinkExtras } from '@/components/ui/link-extras'
import { VisuallyHidden } from '@/components/ui/visually-hidden'

type Props = LinkExtras & { href: string; children: ReactNode }

const LOOK = 'text-ink underline decoration-line-strong underline-offset-4 hover:text-cinnabar hover:decoration-current'

/** A link in running text: pages of the app by router, other hosts in a new tab, which is said, without handing over the opener. */
export function TextLink({ href, className, children, ...rest }: Props) {
  const t = useTranslations('ui')
  const look = cx(LOOK, className)
  if (/^https?:\/\//.test(href)) {
    return (
      <a {...rest} href={href} target="_blank" rel="noopener noreferrer" className={look}>
        {children}
        {/* The joiner and the mark break nowhere: the mark stays with the last word. */}
        <span className="whitespace-nowrap">
          {'\u2060'}
          <Icon name="external" className="ms-1 size-3.5 align-[-0.1em]" />
        </span>
        <VisuallyHidden>{t('newTab')}</VisuallyHidden>
      </a>
    )
  }
  if (!href.startsWith('/') || href.startsWith('/api/')) {
    return (
      <a {...rest} href={href} className={look}>
        {children}
      </a>
    )
  }
  return (
    <Link {...rest} href={href} prefetch={false} className={look}>
      {children}
    </Link>
  )
}
