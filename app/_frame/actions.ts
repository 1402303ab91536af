'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import * as z from 'zod'
import { homePathFor } from '@/lib/auth/home-path'
import { getViewer } from '@/lib/auth/session'
import { cookieOptions, newSessionToken, sessionCookieName } from '@/lib/auth/session-cookie'
import { switchUniversityOf } from '@/lib/auth/switch-university'
import { createPlainAction } from '@/lib/http/action'

const perform = createPlainAction({
  name: 'session.switch_university',
  schema: z.object({ universityId: z.uuid() }),
  run: async ({ input, now }) => {
    const jar = await cookies()
    const viewer = await getViewer()
    const oldToken = jar.get(sessionCookieName())?.value
    if (viewer === null || oldToken === undefined) redirect('/sign-in')
    if (viewer.university.universityId === input.universityId) return { redirectTo: homePathFor(viewer.actor.roles) }
    const newToken = newSessionToken()
    const { roles } = await switchUniversityOf(viewer, { ...input, oldToken, newToken }, { now })
    jar.set(sessionCookieName(), newToken, { ...cookieOptions(), expires: viewer.sessionExpiresAt })
    return { redirectTo: homePathFor(roles) }
  },
})

/** The switch in the bar: goes on as a member of another of one's universities. */
export async function switchUniversity(data: FormData): Promise<void> {
  return perform(data)
}
