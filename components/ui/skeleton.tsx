import { cx } from '@/components/ui/cx'

const block = 'animate-pulse rounded-sm bg-wash'

/** The shape of what is coming: lines of text, of the same height as the text will have. */
export function Skeleton({ lines = 3, className }: { lines?: number; className?: string }) {
  return (
    <div aria-hidden="true" className={cx('space-y-3', className)}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines without content have no other name.
        <div key={line} className={cx(block, 'h-4', line % 3 === 2 ? 'w-2/3' : 'w-full')} />
      ))}
    </div>
  )
}

/** A page that is coming, for `loading.tsx`: a title, a line, a sheet with rows. `label` is said to screen readers. */
export function PageSkeleton({ label, rows = 6 }: { label: string; rows?: number }) {
  return (
    <div role="status">
      <span className="sr-only">{label}</span>
      <div aria-hidden="true">
        <div className={cx(block, 'mb-3 h-8 w-56')} />
        <div className={cx(block, 'mb-6 h-4 w-96 max-w-full')} />
        <div className="rounded-lg border border-line bg-sheet p-5">
          <Skeleton lines={rows} />
        </div>
      </div>
    </div>
  )
}
