import { useTranslations } from 'next-intl'
import { Notice } from '@/components/ui/notice'
import { TextLink } from '@/components/ui/text-link'

/** What came of one claim; `code` is null where it was decided. */
export type ShownResult = { claimId: string; code: string | null }

type Props = { results: readonly ShownResult[]; basePath: string; stage: 'endorsement' | 'approval' }

const PATTERN = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?:\.[a-z_]{1,40})?$/

/** Results for the address of the next page, so that they are shown without script too. */
export function resultsToSearch(results: readonly ShownResult[]): string {
  return results.map(({ claimId, code }) => (code === null ? claimId : `${claimId}.${code}`)).join('~')
}

/** The same, read back; what is no result is left out. */
export function resultsFromSearch(text: string | string[] | undefined): ShownResult[] {
  if (typeof text !== 'string' || text.length > 10_000) return []
  return text
    .split('~')
    .filter((part) => PATTERN.test(part))
    .map((part) => ({ claimId: part.slice(0, 36), code: part.slice(37) || null }))
}

/** What came of deciding several claims: how many were, and each that was not with its reason. */
export function BulkResults({ results, basePath, stage }: Props) {
  const t = useTranslations('reviews')
  if (results.length === 0) return null
  const left = results.filter(({ code }) => code !== null)
  const done = results.length - left.length
  return (
    <Notice kind={left.length === 0 ? 'success' : 'attention'} live className="mb-5">
      <p className="font-medium">{t(`queue.bulk.${stage}Done`, { count: done })}</p>
      {left.length === 0 ? null : (
        <ul className="mt-1 list-disc ps-5 text-sm">
          {left.map(({ claimId, code }) => (
            <li key={claimId}>
              <TextLink href={`${basePath}/${claimId}`}>{t('queue.bulk.open')}</TextLink>{' '}
              {t.has(`bulkCode.${code ?? ''}`) ? t(`bulkCode.${code ?? ''}`) : t('bulkCode.other')}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
