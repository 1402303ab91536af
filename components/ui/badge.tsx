import type { ReactNode } from 'react'
import { cx } from '@/components/ui/cx'
import { Icon, type IconName } from '@/components/ui/icon'
import { TONE_CLASSES, type Tone } from '@/components/ui/tone'

type Props = { tone?: Tone; icon?: IconName; className?: string; children: ReactNode }

/** A small label: a kind, a count, a platform. */
export function Badge({ tone = 'neutral', icon, className, children }: Props) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1 whitespace-nowrap rounded-sm px-1.5 py-0.5 align-middle text-xs leading-snug',
        TONE_CLASSES[tone],
        className,
      )}
    >
      {icon ? <Icon name={icon} className="size-3.5" /> : null}
      {children}
    </span>
  )
}

const STATE_ICONS: Record<Tone, IconName> = {
  neutral: 'pencil',
  indigo: 'clock',
  amber: 'warning',
  jade: 'success',
  cinnabar: 'failure',
}

/** Where something stands. Colour never says it alone: an icon and the word say it too. */
export function StateBadge({ tone = 'neutral', icon, className, children }: Props) {
  return (
    <Badge tone={tone} icon={icon ?? STATE_ICONS[tone]} className={cx('font-medium', className)}>
      {children}
    </Badge>
  )
}
