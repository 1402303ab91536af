import { discoverEndpoints } from '@/lib/auth/discovery'
import { endSession } from '@/lib/auth/end-session'
import { findDoorOf } from '@/lib/auth/university-door'
import { env } from '@/lib/config/env'
import { isAppError } from '@/lib/domain/errors'

/** Where the browser goes when our session is over: the university's sign-out, or our own page where it has none. */
export type SignedOut = { url: string; origin: string } | null

export const SIGNED_OUT_PATH = '/signed-out'

/**
 * Ends our session, then says where the university's is ended too, by the client's id alone: no ID token was kept for
 * it. Where the university cannot be asked, ours is over all the same.
 */
export async function signOut(token: string | undefined, deps: { now: Date }): Promise<SignedOut> {
  const ended = token === undefined ? null : await endSession(token, deps.now)
  const door = ended && (await findDoorOf(ended.universityId))
  if (!door) return null
  const { settings } = door
  const endpoint = await discoverEndpoints(settings.issuer).then(
    (endpoints) => endpoints.end_session_endpoint,
    (error: unknown) => {
      if (isAppError(error)) return undefined
      throw error
    },
  )
  if (endpoint === undefined) return null
  const url = new URL(endpoint)
  url.searchParams.set('client_id', settings.clientId)
  url.searchParams.set('post_logout_redirect_uri', env().APP_URL + SIGNED_OUT_PATH)
  return { url: url.href, origin: url.origin }
}
