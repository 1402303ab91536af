import type { OidcSettings } from '@/lib/auth/connection-settings'
import { discoverEndpoints } from '@/lib/auth/discovery'
import { endSession } from '@/lib/auth/end-session'
import type { Viewer } from '@/lib/auth/types'
import { findDoorSettings, findDoorSettingsOf } from '@/lib/auth/university-door'
import { env } from '@/lib/config/env'
import { isAppError } from '@/lib/domain/errors'

/** A university's sign-out; `origin` is the only place that may be left for. */
export type CampusSignOut = { url: string; origin: string }

export type SignedOut = {
  /** Where the browser goes on to; null: our own page, where the university has no sign-out or does not answer. */
  onward: CampusSignOut | null
  /** Provider ids of the person's other universities, at which they may still be signed in. */
  others: readonly string[]
}

/** Where the university's sign-out sends back to. */
export const SIGNED_OUT_PATH = '/signed-out'
/** Where we go ourselves, when the university's session could not be ended. */
export const SIGNED_OUT_HERE_PATH = '/signed-out?only=here'

/**
 * Ends our session, then says where the university's is ended too, by the client's id alone: no ID token was kept for
 * it. Where the university does not answer, ours is over all the same, and the page says that only ours is.
 */
export async function signOut(
  token: string | undefined,
  viewer: Viewer | null,
  deps: { now: Date },
): Promise<SignedOut> {
  const ended = token === undefined ? null : await endSession(token, deps.now)
  if (ended === null) return { onward: null, others: [] }
  const settings = await findDoorSettingsOf(ended.universityId)
  const others = (viewer?.memberships ?? []).filter(({ universityId }) => universityId !== ended.universityId)
  return {
    onward: settings && (await campusSignOut(settings)),
    others: others.map(({ slug }) => `oidc-${slug}`),
  }
}

/** The sign-out of a university by the id of its provider; null where there is none. */
export async function findCampusSignOut(providerId: string): Promise<CampusSignOut | null> {
  const settings = await findDoorSettings(providerId)
  return settings && campusSignOut(settings)
}

async function campusSignOut(settings: OidcSettings): Promise<CampusSignOut | null> {
  const endpoints = await discoverEndpoints(settings.issuer).catch(nullWhenRefused)
  if (!endpoints?.end_session_endpoint) return null
  const url = new URL(endpoints.end_session_endpoint)
  url.searchParams.set('client_id', settings.clientId)
  url.searchParams.set('post_logout_redirect_uri', env().APP_URL + SIGNED_OUT_PATH)
  return { url: url.href, origin: url.origin }
}

function nullWhenRefused(error: unknown): null {
  if (isAppError(error)) return null
  throw error
}
