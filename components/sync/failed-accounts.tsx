import { getTranslations } from 'next-intl/server'
import { ActionForm } from '@/components/ui/action-form'
import { type Column, DataTable } from '@/components/ui/data-table'
import { DateTime } from '@/components/ui/date-time'
import type { FormAction } from '@/components/ui/form-state'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextLink } from '@/components/ui/text-link'
import type { FailedAccountView, PlatformHealth } from '@/lib/sync/view'

type Props = { health: PlatformHealth; timeZone: string; retriedAtOnce: number; retry: FormAction }

/** Accounts whose last sync failed, each and all of them to be tried again: where the university may ask by itself. */
export async function FailedAccounts({ health, timeZone, retriedAtOnce, retry }: Props) {
  const t = await getTranslations('syncHealth')
  const { platform, failedAccounts, hasMoreFailed } = health
  if (failedAccounts.length === 0) return null
  const mayRetry = health.isConnected && health.pause === null
  const again = (account: FailedAccountView) => (
    <ActionForm action={retry} className="">
      <input type="hidden" name="platform" value={platform} />
      <input type="hidden" name="accountId" value={account.accountId} />
      <SubmitButton
        variant="secondary"
        size="sm"
        pendingLabel={t('failed.pending')}
        aria-label={t('failed.retryLabel', { login: account.login })}
      >
        {t('failed.retry')}
      </SubmitButton>
    </ActionForm>
  )
  const columns: Column<FailedAccountView>[] = [
    {
      key: 'who',
      header: t('failed.who'),
      rowHeader: true,
      cell: ({ memberId, memberName, login }) => (
        <>
          <TextLink href={`/admin/people/${memberId}`}>{memberName}</TextLink>{' '}
          <span className="break-all font-normal text-ink-soft">@{login}</span>
        </>
      ),
    },
    {
      key: 'kind',
      header: t('failed.kind'),
      cell: ({ failureKind }) => (failureKind === null ? '—' : t(`kind.${failureKind}`)),
    },
    {
      key: 'at',
      header: t('failed.at'),
      className: 'sm:whitespace-nowrap',
      cell: ({ failedAt }) => <DateTime value={failedAt} timeZone={timeZone} />,
    },
    ...(mayRetry ? [{ key: 'do', header: t('failed.do'), hideHeader: true, align: 'end' as const, cell: again }] : []),
  ]
  return (
    <div className="-mx-5">
      <DataTable
        caption={t('failed.title')}
        showCaption
        columns={columns}
        rows={failedAccounts}
        rowKey={({ accountId }) => accountId}
      />
      {mayRetry ? (
        <ActionForm action={retry} className="flex flex-wrap items-center gap-3 px-5 pt-3">
          <input type="hidden" name="platform" value={platform} />
          <SubmitButton variant="secondary" pendingLabel={t('failed.pending')}>
            {t('failed.retryAll')}
          </SubmitButton>
          {hasMoreFailed ? (
            <span className="text-ink-soft text-sm">
              {t('failed.more', { shown: failedAccounts.length, limit: retriedAtOnce })}
            </span>
          ) : null}
        </ActionForm>
      ) : null}
    </div>
  )
}
