import { getTranslations } from 'next-intl/server'
import { StateBadge } from '@/components/ui/badge'
import { DateTime } from '@/components/ui/date-time'
import { platformName } from '@/lib/domain/platform'
import type { MemberView } from '@/lib/people/view'

type Props = { accounts: MemberView['accounts']; timeZone: string }

/** Which platforms a member linked, and whether they can be read. */
export async function AccountList({ accounts, timeZone }: Props) {
  const t = await getTranslations('people')
  if (accounts.length === 0) return <p className="text-ink-soft">{t('member.noAccounts')}</p>
  return (
    <ul className="divide-y divide-line">
      {accounts.map((account) => (
        <li
          key={`${account.platform}:${account.login}`}
          className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 py-2 first:pt-0 last:pb-0"
        >
          <span>
            {platformName(account.platform)} <span className="break-all font-mono text-sm">@{account.login}</span>
          </span>
          <AccountState account={account} timeZone={timeZone} />
        </li>
      ))}
    </ul>
  )
}

async function AccountState({ account, timeZone }: { account: MemberView['accounts'][number]; timeZone: string }) {
  const t = await getTranslations('people')
  if (!account.isLinked) return <StateBadge icon="unlink">{t('member.unlinked')}</StateBadge>
  if (account.failureKind) return <StateBadge tone="amber">{t(`syncFailure.${account.failureKind}`)}</StateBadge>
  if (account.syncedAt === null) return <StateBadge tone="indigo">{t('member.neverSynced')}</StateBadge>
  return (
    <span className="text-ink-soft text-sm">
      {t('member.synced')} <DateTime value={account.syncedAt} timeZone={timeZone} />
    </span>
  )
}
