import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readStack } from '@/tests/setup/e2e-places'

/** Who knocks: a session cookie, or nobody. */
export type Caller = { cookie: string } | null

type Knock = {
  method?: string
  body?: BodyInit
  /** Left out: the app's own. Null sends none. */
  origin?: string | null
  headers?: Record<string, string>
}

/** One request to the app, as a browser page of the app would send it; redirects are not followed. */
export function knock(caller: Caller, path: string, { method = 'GET', body, origin, headers }: Knock = {}) {
  const { appUrl } = readStack()
  const sent = new Headers({ 'accept-language': 'zh-CN', ...headers })
  if (caller) sent.set('cookie', caller.cookie)
  if (origin !== null && (method !== 'GET' || origin !== undefined)) sent.set('origin', origin ?? appUrl)
  return fetch(new URL(path, appUrl), { method, headers: sent, redirect: 'manual', ...(body ? { body } : {}) })
}

const manifest = z.object({
  node: z.record(
    z.string(),
    z.object({ filename: z.string(), exportedName: z.string(), workers: z.record(z.string(), z.unknown()) }),
  ),
})

export type BuiltAction = { id: string; name: string; page: string }

/** The server actions of the build under test: `name` as app-folder.ts writes it, `page` a page that has it. */
export function listBuiltActions(): BuiltAction[] {
  const folder = join(process.cwd(), process.env.NEXT_DIST_DIR || '.next', 'server/server-reference-manifest.json')
  const { node } = manifest.parse(JSON.parse(readFileSync(folder, 'utf8')))
  return Object.entries(node).map(([id, { filename, exportedName, workers }]) => {
    const [page = ''] = Object.keys(workers).sort()
    const parts = page.split('/').slice(1, -1)
    return {
      id,
      name: `${filename} ${exportedName}`,
      page: `/${parts.filter((part) => !/^\(.*\)$/.test(part)).join('/')}`,
    }
  })
}

export type Form = Readonly<Record<string, string | readonly string[] | File>>

/** What came of a call: `done`, or the code of the refusal, or what the HTTP answer was. */
export type ActionAnswer = { status: number; outcome: string; redirectedTo: string | null }

const stateSchema = z.union([
  z.object({ status: z.literal('error'), code: z.string() }),
  z.object({ status: z.literal('ok') }),
])

/**
 * Calls a server action over HTTP, as React's client encodes a call, whether or not any page shows its form.
 * @param withState whether it is an action of `useActionState` (state, data) or takes the form only
 */
export async function callAction(
  caller: Caller,
  action: BuiltAction,
  { form, withState, origin }: { form: Form; withState: boolean; origin?: string },
): Promise<ActionAnswer> {
  const body = new FormData()
  for (const [name, value] of Object.entries(form)) {
    for (const one of Array.isArray(value) ? value : [value]) body.append(`_1_${name}`, one)
  }
  body.append('0', JSON.stringify(withState ? [{ status: 'idle' }, '$K1'] : ['$K1']))
  const answer = await knock(caller, action.page.replace(/\[\w+\]/g, crypto.randomUUID()), {
    method: 'POST',
    body,
    headers: { 'next-action': action.id, accept: 'text/x-component' },
    ...(origin === undefined ? {} : { origin }),
  })
  const redirectedTo = answer.headers.get('x-action-redirect')
  const text = await answer.text()
  const [, refused] = /\bflash=refused_(\w+)/.exec(answer.headers.get('set-cookie') ?? '') ?? []
  if (refused !== undefined) return { status: answer.status, outcome: refused, redirectedTo }
  if (redirectedTo !== null) return { status: answer.status, outcome: 'redirected', redirectedTo }
  return { status: answer.status, outcome: outcomeOf(answer.status, text), redirectedTo: null }
}

/** Lines of a Flight answer are `ID:JSON`; the action's value is the one that is a state. */
function outcomeOf(status: number, text: string): string {
  for (const line of text.split('\n')) {
    const [, json] = /^[0-9a-f]+:(\{"status".*)$/.exec(line) ?? []
    const state = json === undefined ? null : stateSchema.safeParse(JSON.parse(json))
    if (state?.success) return state.data.status === 'ok' ? 'done' : state.data.code
  }
  return `http_${status}`
}
