import { cx } from '@/components/ui/cx'

/**
 * primary: the one thing to do on the page. decide: an act that decides (endorse, approve), in seal red.
 * secondary: anything else. quiet: in rows and bars. danger: what takes something away.
 */
export const BUTTON_VARIANTS = ['primary', 'decide', 'secondary', 'quiet', 'danger'] as const
export type ButtonVariant = (typeof BUTTON_VARIANTS)[number]
export type ButtonSize = 'md' | 'sm'

const VARIANT_CLASSES: Record<ButtonVariant, string> = {
  primary: 'border-ink bg-ink text-paper hover:bg-ink-soft hover:border-ink-soft',
  decide: 'border-cinnabar bg-cinnabar text-on-cinnabar hover:bg-cinnabar-deep hover:border-cinnabar-deep',
  secondary: 'border-line-strong bg-sheet text-ink hover:bg-wash',
  quiet: 'border-transparent text-ink-soft hover:bg-wash hover:text-ink',
  danger: 'border-cinnabar bg-sheet text-cinnabar hover:bg-cinnabar-wash',
}

/** The classes of a button or of a link that looks like one. */
export function buttonClass(look: {
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  className?: string | undefined
}): string {
  return cx(
    'inline-flex items-center justify-center gap-2 rounded-md border font-medium leading-tight whitespace-nowrap',
    'transition-colors disabled:opacity-60 aria-disabled:opacity-60',
    look.size === 'sm' ? 'min-h-8 px-3 py-1 text-sm' : 'min-h-10 px-4 py-2 text-[0.9375rem]',
    VARIANT_CLASSES[look.variant ?? 'secondary'],
    look.className,
  )
}
