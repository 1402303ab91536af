import 'server-only'
import { refresh } from 'next/cache'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type * as z from 'zod'
import { getActor } from '@/lib/auth/session'
import type { MemberActor } from '@/lib/domain/actor'
import { FLASH_COOKIE, FLASH_MAX_AGE_SECONDS } from '@/lib/http/flash-cookie'
import { reportUnexpected } from '@/lib/http/report'
import { REQUEST_ID_HEADER } from '@/lib/http/request-id'
import { type ActionDefinition, type ActionState, requireActor, runAction } from '@/lib/http/run-action'
import { safeReturnPath } from '@/lib/http/safe-return-path'
import { loadWords } from '@/lib/http/words'

export type FormAction = (state: ActionState, data: FormData) => Promise<ActionState>
export type PlainAction = (data: FormData) => Promise<void>

async function perform<Schema extends z.ZodObject, Who>(
  definition: ActionDefinition<Schema, Who>,
  data: FormData,
  who: () => Promise<Who>,
): Promise<ActionState> {
  const sent = await headers()
  const { state, outcome } = await runAction(definition, data, {
    getActor: who,
    words: await loadWords(definition.namespace),
    requestId: sent.get(REQUEST_ID_HEADER) ?? crypto.randomUUID(),
    now: new Date(),
    report: reportUnexpected,
  })
  if (outcome.flash !== undefined) {
    const jar = await cookies()
    jar.set(FLASH_COOKIE, outcome.flash, {
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      maxAge: FLASH_MAX_AGE_SECONDS,
      secure: process.env.APP_URL?.startsWith('https://') ?? false,
    })
  }
  if (outcome.redirectTo !== undefined) redirect(safeReturnPath(outcome.redirectTo))
  if (state.status === 'ok') refresh()
  return state
}

/** A server action for a signed-in member, for `<ActionForm>`. The one wrapper of all of them. */
export function createAction<Schema extends z.ZodObject>(
  definition: ActionDefinition<Schema, MemberActor>,
): FormAction {
  return async (_state, data) => perform(definition, data, () => requireActor(getActor))
}

/** For a bare `<form action>` that has no place for a reason (switching, marking as read): a refusal goes to the error page. */
export function createPlainAction<Schema extends z.ZodObject>(
  definition: ActionDefinition<Schema, MemberActor>,
): PlainAction {
  return async (data) => {
    const state = await perform(definition, data, () => requireActor(getActor))
    if (state.status === 'error') throw new Error(`${definition.name} refused: ${state.code}`)
  }
}
