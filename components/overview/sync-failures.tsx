import { getTranslations } from 'next-intl/server'
import { TextLink } from '@/components/ui/text-link'
import type { Overview } from '@/lib/people/view'

/** Accounts that could not be read, by why; each a way to the people. */
export async function SyncFailures({ failures }: { failures: Overview['syncFailures'] }) {
  const t = await getTranslations('overview')
  if (failures.length === 0) return <p className="text-ink-soft">{t('sync.none')}</p>
  return (
    <ul className="space-y-3">
      {failures.map(({ failureKind, accounts }) => (
        <li key={failureKind}>
          <TextLink href={`/admin/people?sync=${failureKind}`}>{t('sync.accounts', { count: accounts })}</TextLink>
          <p className="text-ink-soft text-sm">{t(`sync.why.${failureKind}`)}</p>
        </li>
      ))}
    </ul>
  )
}
