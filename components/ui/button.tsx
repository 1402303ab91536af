import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from '@/components/ui/button-style'
import { Icon, type IconName } from '@/components/ui/icon'
import type { LinkExtras } from '@/components/ui/link-extras'

type Look = { variant?: ButtonVariant; size?: ButtonSize; icon?: IconName; children: ReactNode }

/** A button; `type="button"` unless said otherwise. Forms use SubmitButton. */
export function Button({ variant, size, icon, className, children, ...rest }: Look & ComponentProps<'button'>) {
  return (
    <button type="button" {...rest} className={buttonClass({ variant, size, className })}>
      {icon ? <Icon name={icon} /> : null}
      {children}
    </button>
  )
}

/** A link that looks like a button. `download` and other hosts get a plain anchor, without prefetching. */
export function LinkButton({
  href,
  variant,
  size,
  icon,
  className,
  children,
  ...rest
}: Look & LinkExtras & { href: string }) {
  const look = buttonClass({ variant, size, className })
  const inside = (
    <>
      {icon ? <Icon name={icon} /> : null}
      {children}
    </>
  )
  if (rest.download !== undefined || !href.startsWith('/') || href.startsWith('/api/')) {
    return (
      <a {...rest} href={href} className={look}>
        {inside}
      </a>
    )
  }
  return (
    <Link {...rest} href={href} prefetch={false} className={look}>
      {inside}
    </Link>
  )
}
