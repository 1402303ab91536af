import { cx } from '@/components/ui/cx'

const LOOKS: Record<string, string> = {
  '+': 'bg-jade-wash text-jade',
  '-': 'bg-cinnabar-wash text-cinnabar',
  '@': 'bg-indigo-wash text-indigo',
}

/** So many lines are drawn; a diff beyond that is read on its platform. */
export const DIFF_LINES_SHOWN = 2000

/** A unified diff, line by line. The first character says what a line is; the colour says it again. */
export function DiffLines({ patch, label, cutNote }: { patch: string; label: string; cutNote: string }) {
  const lines = patch.replace(/\n$/, '').split('\n')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard.
    <section aria-label={label} tabIndex={0} className="overflow-x-auto rounded-md border border-line bg-sheet">
      <pre className="w-max min-w-full font-mono text-xs leading-5">
        {lines.slice(0, DIFF_LINES_SHOWN).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a frozen text never move.
          <span key={index} className={cx('block px-3', LOOKS[line[0] ?? ''] ?? 'text-ink-soft')}>
            {line === '' ? ' ' : line}
          </span>
        ))}
      </pre>
      {lines.length > DIFF_LINES_SHOWN ? <p className="px-3 py-2 text-ink-faint text-sm">{cutNote}</p> : null}
    </section>
  )
}
