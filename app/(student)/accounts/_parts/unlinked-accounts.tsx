import { getTranslations } from 'next-intl/server'
import type { Reader } from '@/app/(student)/accounts/_parts/describe-sync'
import { Badge } from '@/components/ui/badge'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { LINKING_CONSENT_VERSION } from '@/lib/accounts/consent'
import type { AccountView } from '@/lib/accounts/view'
import { platformName } from '@/lib/domain/platform'
import { formatMoment } from '@/lib/i18n/format'

/** Identities that are not read any more; they come back by the same way. */
export async function UnlinkedAccounts({ accounts, reader }: { accounts: readonly AccountView[]; reader: Reader }) {
  const t = await getTranslations('accounts')
  if (accounts.length === 0) return null
  const { locale, timeZone } = reader
  return (
    <Panel title={t('unlinked.title')} lead={t('unlinked.lead')}>
      <ul className="divide-y divide-line">
        {accounts.map(({ accountId, platform, login, platformUserId, unlinkedAt }) => (
          <li key={accountId} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
            <div className="min-w-0">
              <Badge>{platformName(platform)}</Badge> <span className="break-all">@{login}</span>
              <p className="text-ink-faint text-sm">
                {t('card.id', { id: platformUserId })}
                {unlinkedAt === null
                  ? null
                  : ` · ${t('card.unlinkedAt', { time: formatMoment(unlinkedAt, { locale, timeZone, style: 'date' }) })}`}
              </p>
            </div>
            <form action={`/api/link/${platform}/start`} method="post">
              <input type="hidden" name="consentVersion" value={LINKING_CONSENT_VERSION} />
              <SubmitButton variant="secondary" size="sm">
                {t('card.relink')}
              </SubmitButton>
            </form>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
