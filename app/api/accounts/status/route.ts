import { getLocale, getTranslations } from 'next-intl/server'
import { describeProgress } from '@/app/(student)/accounts/_parts/describe-sync'
import { accountForm } from '@/lib/accounts/schema'
import { requireViewer } from '@/lib/auth/session'
import { createRoute } from '@/lib/http/route'
import { getSyncStatus } from '@/lib/sync/get-sync-status'

/** How far the sync of one of one's accounts is, in words; `progress` is null when none is under way. */
export const GET = createRoute({
  name: 'accounts.status',
  query: accountForm,
  run: async ({ actor, query, now }) => {
    const [status, t, locale, { university }] = await Promise.all([
      getSyncStatus(actor, query, { now }),
      getTranslations('accounts'),
      getLocale(),
      requireViewer(),
    ])
    return { progress: describeProgress(status, { t, locale, timeZone: university.timeZone }) }
  },
})
