import 'server-only'
import { refresh } from 'next/cache'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type * as z from 'zod'
import { getActor } from '@/lib/auth/session'
import type { MemberActor } from '@/lib/domain/actor'
import type { FormAnswer, FormState } from '@/lib/domain/form-state'
import { FLASH_COOKIE, FLASH_MAX_AGE_SECONDS } from '@/lib/http/flash-cookie'
import { afterRefusal } from '@/lib/http/plain-refusal'
import { reportUnexpected } from '@/lib/http/report'
import { REQUEST_ID_HEADER } from '@/lib/http/request-id'
import { REQUEST_PATH_HEADER } from '@/lib/http/request-path'
import {
  type ActionDefinition,
  type ActionDeps,
  type QuestionDefinition,
  requireActor,
  runAction,
  runQuestion,
} from '@/lib/http/run-action'
import { safeReturnPath } from '@/lib/http/safe-return-path'
import { loadWords } from '@/lib/http/words'

export type FormAction = (state: FormState, data: FormData) => Promise<FormState>
export type PlainAction = (data: FormData) => Promise<void>
export type FormQuestion<Value> = (data: FormData) => Promise<FormAnswer<Value>>

async function memberDeps(namespace: string | undefined): Promise<ActionDeps<MemberActor>> {
  const sent = await headers()
  return {
    getActor: () => requireActor(getActor),
    words: await loadWords(namespace),
    requestId: sent.get(REQUEST_ID_HEADER) ?? crypto.randomUUID(),
    now: new Date(),
    report: reportUnexpected,
  }
}

async function setFlash(code: string): Promise<void> {
  const jar = await cookies()
  jar.set(FLASH_COOKIE, code, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: FLASH_MAX_AGE_SECONDS,
    secure: process.env.APP_URL?.startsWith('https://') ?? false,
  })
}

async function perform<Schema extends z.ZodObject, Who>(
  definition: ActionDefinition<Schema, Who>,
  data: FormData,
  deps: ActionDeps<Who>,
): Promise<FormState> {
  const { state, outcome } = await runAction(definition, data, deps)
  if (outcome.flash !== undefined) await setFlash(outcome.flash)
  if (outcome.redirectTo !== undefined) redirect(safeReturnPath(outcome.redirectTo))
  if (state.status === 'ok') refresh()
  return state
}

/** A server action for a signed-in member, for `<ActionForm>`. The one wrapper of all of them. */
export function createAction<Schema extends z.ZodObject>(
  definition: ActionDefinition<Schema, MemberActor>,
): FormAction {
  return async (_state, data) => perform(definition, data, await memberDeps(definition.namespace))
}

/** The same for what anybody may send, signed in or not: such a use case has limits of its own. */
export function createPublicAction<Schema extends z.ZodObject>(
  definition: ActionDefinition<Schema, MemberActor | null>,
): FormAction {
  return async (_state, data) => perform(definition, data, { ...(await memberDeps(definition.namespace)), getActor })
}

/**
 * For a bare `<form action>` that has no place for a reason (switching, marking as read): a refusal is said on top of the
 * page it came from, and who is not signed in any more is sent to the sign-in.
 */
export function createPlainAction<Schema extends z.ZodObject>(
  definition: ActionDefinition<Schema, MemberActor>,
): PlainAction {
  return async (data) => {
    const state = await perform(definition, data, await memberDeps(definition.namespace))
    if (state.status !== 'error') return
    const path = (await headers()).get(REQUEST_PATH_HEADER)
    const { redirectTo, flash } = afterRefusal(state.code, path, definition.namespace)
    if (flash !== null) await setFlash(flash)
    redirect(redirectTo)
  }
}

/** A server action that only answers, for a form that asks while it is filled in. Nothing is changed, nobody is moved on. */
export function createQuestion<Schema extends z.ZodObject, Value>(
  definition: QuestionDefinition<Schema, MemberActor, Value>,
): FormQuestion<Value> {
  return async (data) => runQuestion(definition, data, await memberDeps(definition.namespace))
}
