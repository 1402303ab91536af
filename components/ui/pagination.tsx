import { useTranslations } from 'next-intl'
import { LinkButton } from '@/components/ui/button'

type Props = {
  /** Address of the list's beginning; null where this is it. A position in a keyset knows no page before it. */
  firstHref: string | null
  /** Address of the next page; null where this is the last. */
  nextHref: string | null
  /** For example “1–50 of 1,204”, when that is known. */
  summary?: string
}

/** Keyset paging: back to the first page and on to the next one, no numbers. */
export function Pagination({ firstHref, nextHref, summary }: Props) {
  const t = useTranslations('ui')
  if (firstHref === null && nextHref === null) return null
  return (
    <nav aria-label={t('pagination.label')} className="flex flex-wrap items-center justify-between gap-3 px-5 py-3">
      <p className="text-ink-faint text-sm">{summary}</p>
      <div className="flex gap-2">
        {firstHref !== null ? (
          <LinkButton href={firstHref} size="sm" icon="chevron-left">
            {t('pagination.first')}
          </LinkButton>
        ) : null}
        {nextHref !== null ? (
          <LinkButton href={nextHref} size="sm" rel="next">
            {t('pagination.next')}
          </LinkButton>
        ) : null}
      </div>
    </nav>
  )
}
