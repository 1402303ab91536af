import { leaveForPlatform, refusalPage } from '@/app/api/link/answers'
import { platformParams, startLinkForm } from '@/lib/accounts/schema'
import { startLink } from '@/lib/accounts/start-link'
import { requireViewer } from '@/lib/auth/session'
import { createRoute } from '@/lib/http/route'

/** The button below the text of consent: off to the platform, to prove who one is there. */
export const POST = createRoute({
  name: 'accounts.start_link',
  params: platformParams,
  bodyKind: 'form',
  maxBodyBytes: 1000,
  body: startLinkForm,
  run: async ({ actor, params, body, now }) => {
    const { sessionId } = await requireViewer()
    try {
      const { url } = await startLink(actor, { ...params, ...body, sessionId }, { now })
      return await leaveForPlatform(url)
    } catch (error) {
      return refusalPage(error)
    }
  },
})
