import { cx } from '@/components/ui/cx'
import { ICON_SHAPES, type IconName, type IconShape } from '@/components/ui/icon-shapes'

export type { IconName }

function Shape({ shape }: { shape: IconShape }) {
  switch (shape[0]) {
    case 'path':
      return <path {...shape[1]} />
    case 'circle':
      return <circle {...shape[1]} />
    case 'line':
      return <line {...shape[1]} />
    case 'rect':
      return <rect {...shape[1]} />
  }
}

/** A line icon. It is decoration: the words beside it carry the meaning. */
export function Icon({ name, className }: { name: IconName; className?: string | undefined }) {
  const shapes: readonly IconShape[] = ICON_SHAPES[name]
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cx('inline-block shrink-0', className ?? 'size-4')}
    >
      {shapes.map((shape, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the shapes of an icon never change order.
        <Shape key={index} shape={shape} />
      ))}
    </svg>
  )
}
