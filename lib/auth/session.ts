import 'server-only'
import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { hashSessionToken, sessionCookieName } from '@/lib/auth/session-cookie'
import type { GetActor, Viewer } from '@/lib/auth/types'
import { toViewer } from '@/lib/auth/viewer'
import { findSessionView } from '@/lib/db/sessions'
import type { MemberActor, Role } from '@/lib/domain/actor'
import { REQUEST_PATH_HEADER } from '@/lib/http/request-path'
import { safeReturnPath } from '@/lib/http/safe-return-path'

/** Who is asking and what the frame of a page shows of them, or null. One statement a request, however often it is asked. */
export const getViewer = cache(async (): Promise<Viewer | null> => {
  const token = (await cookies()).get(sessionCookieName())?.value
  if (!token) return null
  const session = await findSessionView(hashSessionToken(token))
  return session && toViewer(session)
})

/** The member who is asking, or null when nobody is signed in. Costs nothing beside {@link getViewer}. */
export const getActor: GetActor = async () => (await getViewer())?.actor ?? null

/** For pages: the viewer; who is not signed in is sent to the sign-in and comes back here. */
export async function requireViewer(): Promise<Viewer> {
  const viewer = await getViewer()
  if (viewer !== null) return viewer
  const path = safeReturnPath((await headers()).get(REQUEST_PATH_HEADER), '/home')
  redirect(`/sign-in?return=${encodeURIComponent(path)}`)
}

/**
 * For pages: the member who is asking. Nobody is sent to the sign-in; who lacks all of the named roles is told that
 * there is no such page. What the member may do in it is still for the use case to decide.
 */
export async function requireActor(...anyOf: readonly Role[]): Promise<MemberActor> {
  const { actor } = await requireViewer()
  if (anyOf.length > 0 && !anyOf.some((role) => actor.roles.includes(role))) notFound()
  return actor
}
