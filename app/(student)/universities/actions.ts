'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import * as z from 'zod'
import { joinProofCookie, openJoinProof } from '@/lib/auth/join-intent'
import { joinUniversity } from '@/lib/auth/join-university'
import { getViewer } from '@/lib/auth/session'
import { AppError } from '@/lib/domain/errors'
import { createAction, type FormAction } from '@/lib/http/action'

const confirm = createAction({
  name: 'session.join_university',
  namespace: 'auth',
  schema: z.object({}),
  run: async ({ now }) => {
    const jar = await cookies()
    const viewer = await getViewer()
    if (viewer === null) redirect('/sign-in')
    const proof = openJoinProof(jar.get(joinProofCookie())?.value, viewer.sessionId, now)
    if (proof === null) throw new AppError('invalid', 'join_expired')
    await joinUniversity(viewer, proof, { now })
    jar.delete(joinProofCookie())
    return { redirectTo: '/universities', flash: 'university_added' }
  },
})

/** Yes: the proven membership becomes this person's too. */
export const confirmJoin: FormAction = async (state, data) => confirm(state, data)

/** No: the proof is thrown away. */
export async function declineJoin(): Promise<void> {
  const jar = await cookies()
  jar.delete(joinProofCookie())
  redirect('/universities')
}
