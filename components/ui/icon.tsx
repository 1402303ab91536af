import { cx } from '@/components/ui/cx'
import type { IconName } from '@/components/ui/icon-names'
import sprite from '@/components/ui/icons.svg'

export type { IconName }

const SPRITE_URL: string = sprite.src

/**
 * A line icon. It is decoration: the words beside it carry the meaning. Drawn by reference to one file that
 * the browser keeps, so that a list with an icon a row stays as small as its words.
 */
export function Icon({ name, className }: { name: IconName; className?: string | undefined }) {
  return (
    <svg aria-hidden="true" width="16" height="16" className={cx('icon', className ?? 'size-4')}>
      <use href={`${SPRITE_URL}#${name}`} />
    </svg>
  )
}
