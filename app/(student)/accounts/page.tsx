import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { AccountCard } from '@/app/(student)/accounts/_parts/account-card'
import { LinkPanel } from '@/app/(student)/accounts/_parts/link-panel'
import { UnlinkedAccounts } from '@/app/(student)/accounts/_parts/unlinked-accounts'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { listAccounts } from '@/lib/accounts/list-accounts'
import { requireActor, requireViewer } from '@/lib/auth/session'
import { listSyncStatuses } from '@/lib/sync/get-sync-status'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('accounts')
  return { title: t('title') }
}

type Props = { searchParams: Promise<{ problem?: string | string[] }> }

/** One's accounts: how fresh each is, what went wrong, and the way to link one more. */
export default async function AccountsPage({ searchParams }: Props) {
  const actor = await requireActor('student')
  const [t, locale, { university }, accounts, statuses, { problem }] = await Promise.all([
    getTranslations('accounts'),
    getLocale(),
    requireViewer(),
    listAccounts(actor),
    listSyncStatuses(actor),
    searchParams,
  ])
  const reader = { t, locale, timeZone: university.timeZone }
  const cards = accounts.flatMap((account) => {
    const status = statuses.find(({ accountId }) => accountId === account.accountId)
    return status && account.unlinkedAt === null ? [{ account, status }] : []
  })
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Problem code={problem} />
      <div className="grid max-w-4xl gap-6">
        {cards.map(({ account, status }) => (
          <AccountCard key={account.accountId} account={account} status={status} reader={reader} />
        ))}
        <LinkPanel first={cards.length === 0} />
        <UnlinkedAccounts accounts={accounts.filter(({ unlinkedAt }) => unlinkedAt !== null)} reader={reader} />
      </div>
    </>
  )
}

/** What went wrong on the way to a platform and back; only words of ours, whatever stands in the address. */
async function Problem({ code }: { code: string | string[] | undefined }) {
  if (code === undefined) return null
  const t = await getTranslations('accounts')
  const known = typeof code === 'string' && /^[a-z_]{1,60}$/.test(code) && t.has(`errors.${code}`) ? code : 'unexpected'
  const title =
    known.startsWith('refresh') || known.startsWith('account_un') || known.startsWith('sync_paused')
      ? 'problem.titleRefresh'
      : 'problem.title'
  return (
    <Notice kind={known === 'link_denied' ? 'info' : 'danger'} live className="mb-6" title={t(title)}>
      {t(`errors.${known}`)}
    </Notice>
  )
}
