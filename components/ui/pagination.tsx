import { useTranslations } from 'next-intl'
import { LinkButton } from '@/components/ui/button'

type Props = {
  /** Addresses of the neighbours; null where there is none. */
  previousHref: string | null
  nextHref: string | null
  /** For example “1–50 of 1,204”, when that is known. */
  summary?: string
}

/** Keyset paging: to the previous and the next page, no numbers. */
export function Pagination({ previousHref, nextHref, summary }: Props) {
  const t = useTranslations('ui')
  if (previousHref === null && nextHref === null) return null
  return (
    <nav aria-label={t('pagination.label')} className="flex flex-wrap items-center justify-between gap-3 px-5 py-3">
      <p className="text-ink-faint text-sm">{summary}</p>
      <div className="flex gap-2">
        {previousHref !== null ? (
          <LinkButton href={previousHref} size="sm" icon="chevron-left" rel="prev">
            {t('pagination.previous')}
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
