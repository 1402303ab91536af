import { cx } from '@/components/ui/cx'

type Props = {
  /** What was decided: 已认定, Approved. Two or four Chinese characters stand in a square. */
  label: string
  size?: 'sm' | 'lg'
  className?: string
}

function inRows(label: string): string[] {
  const isChinese = /^\p{Script=Han}+$/u.test(label)
  if (!isChinese || label.length < 4) return [label]
  const half = Math.ceil(label.length / 2)
  return [label.slice(0, half), label.slice(half)]
}

/** The mark of a seal: stands on what is decided, and on nothing else. */
export function Seal({ label, size = 'sm', className }: Props) {
  const large = size === 'lg'
  return (
    <span
      className={cx(
        'inline-flex flex-col items-center justify-center rounded-md border-cinnabar font-semibold font-serif text-cinnabar leading-[1.15] tracking-widest',
        large ? 'border-[3px] p-2 text-xl' : 'border-2 px-1.5 py-1 text-sm',
        className,
      )}
    >
      {inRows(label).map((row) => (
        <span key={row} className="-me-[0.1em]">
          {row}
        </span>
      ))}
    </span>
  )
}
