import { leaveForPlatform, refusalPage } from '@/app/api/link/answers'
import { refreshAccount } from '@/lib/accounts/refresh-account'
import { accountForm } from '@/lib/accounts/schema'
import { requireViewer } from '@/lib/auth/session'
import { redirectAnswer } from '@/lib/http/answers'
import { createRoute } from '@/lib/http/route'

/** Reads an account anew: at once, or by way of the platform's sign-in. */
export const POST = createRoute({
  name: 'accounts.refresh',
  bodyKind: 'form',
  maxBodyBytes: 1000,
  body: accountForm,
  run: async ({ actor, body, now }) => {
    const { sessionId } = await requireViewer()
    try {
      const outcome = await refreshAccount(actor, { ...body, sessionId }, { now })
      return outcome.kind === 'leave' ? await leaveForPlatform(outcome.url) : redirectAnswer('/accounts')
    } catch (error) {
      return refusalPage(error)
    }
  },
})
