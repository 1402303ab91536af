import { cx } from '@/components/ui/cx'

const block = 'animate-pulse rounded-sm bg-wash'

/** The shape of what is coming: lines of text, of the same height as the text will have. */
function Skeleton({ lines = 3, className }: { lines?: number; className?: string }) {
  return (
    <div aria-hidden="true" className={cx('space-y-3', className)}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines without content have no other name.
        <div key={line} className={cx(block, 'h-4', line % 3 === 2 ? 'w-2/3' : 'w-full')} />
      ))}
    </div>
  )
}

/**
 * A page that is coming: a title and a line as tall as those of page-header.tsx, a sheet with rows. `label` is said to
 * screen readers.
 */
export function PageSkeleton({ label, rows = 9 }: { label: string; rows?: number }) {
  return (
    <div role="status">
      <span className="sr-only">{label}</span>
      <div aria-hidden="true">
        <div className={cx(block, 'h-[2.025rem] w-56 max-w-full sm:h-[2.3625rem]')} />
        <div className={cx(block, 'mt-2 mb-7 h-5 w-96 max-w-full')} />
        <div className="rounded-lg border border-line bg-sheet p-5">
          <Skeleton lines={rows} />
        </div>
      </div>
    </div>
  )
}
