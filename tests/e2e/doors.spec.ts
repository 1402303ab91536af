import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { ACTION_DOORS } from '@/tests/e2e/support/action-doors'
import { fillIn, listActions, listPages, listRoutes } from '@/tests/e2e/support/app-folder'
import { type BuiltAction, type Caller, callAction, knock, listBuiltActions } from '@/tests/e2e/support/door'
import { type Furniture, readFurniture } from '@/tests/e2e/support/furnish'
import { beginLink } from '@/tests/e2e/support/link'
import { EVERYBODY, PAGE_DOORS } from '@/tests/e2e/support/page-doors'
import { PEOPLE, type PersonName, signIn } from '@/tests/e2e/support/people'
import { ROUTE_DOORS, type RouteDoor } from '@/tests/e2e/support/route-doors'
import { loadWords } from '@/tests/e2e/support/words'
import { readStack } from '@/tests/setup/e2e-places'
import type { SignedIn } from '@/tests/setup/sign-in'

// One worker: the doors share their sessions and what stands behind them.
test.describe.configure({ mode: 'default' })

type Things = Furniture & { attemptId: string }
let things: Things
let sessions: Map<PersonName, SignedIn>

test.beforeAll(async () => {
  sessions = new Map(await Promise.all(EVERYBODY.map(async (name) => [name, await signIn(name)] as const)))
  things = { ...readFurniture(), attemptId: randomUUID() }
})

/** An identity that waits for its owner's yes, where a door is about one; attempts are few and end soon. */
async function withAttempt(key: string): Promise<Things> {
  if (!/confirm\/\[attemptId\]|accounts\/actions.ts confirm/.test(key)) return things
  return { ...things, attemptId: await beginLink(sessionOf('neighbour'), PEOPLE.neighbour.github) }
}

function sessionOf(name: PersonName): SignedIn {
  const session = sessions.get(name)
  if (session === undefined) throw new Error(`${name} is not signed in`)
  return session
}

const isLetIn = (open: readonly PersonName[] | 'anyone', name: PersonName | null): boolean =>
  open === 'anyone' || (name !== null && open.includes(name))

test('every page, route and action of the app has its door here', () => {
  expect(Object.keys(PAGE_DOORS).sort()).toEqual(listPages())
  expect(Object.keys(ROUTE_DOORS).sort()).toEqual(listRoutes())
  expect(Object.keys(ACTION_DOORS).sort()).toEqual(listActions())
  // What the build lets a browser call is what the folders say, and nothing beside it.
  expect(
    listBuiltActions()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(listActions())
})

for (const [address, door] of Object.entries(PAGE_DOORS)) {
  test(`page ${address}`, async () => {
    const path = fillIn(address, door.values?.(await withAttempt(address)) ?? {}) + (door.query ?? '')
    for (const name of [null, ...EVERYBODY]) {
      const answer = await knock(name === null ? null : sessionOf(name), path)
      const text = await answer.text()
      const seen = { name, status: answer.status, location: answer.headers.get('location') }
      if (isLetIn(door.open, name)) {
        const location = door.sendsTo ?? null
        expect(seen).toEqual({ name, status: location === null ? 200 : 307, location })
        if (location === null) {
          expectGuarded(answer, text)
          expectReadable(text)
        }
      } else if (name === null) {
        const location = `/sign-in?return=${encodeURIComponent(path)}`
        expect(seen).toEqual({ name, status: 307, location })
      } else {
        expect(seen).toEqual({ name, status: 404, location: null })
        expectNothingOfOthers(text, name)
      }
    }
  })
}

test('a place in a list that is none of ours is no page, and breaks none', async () => {
  const broken: string[] = []
  for (const [address, door] of Object.entries(PAGE_DOORS)) {
    const name = door.open === 'anyone' ? null : (door.open[0] ?? null)
    const path = fillIn(address, door.values?.(await withAttempt(address)) ?? {})
    for (const position of ['none-of-ours', 'WyJ4Il0', '-1']) {
      const search = new URLSearchParams({ cursor: position, before: position, after: position, from: position })
      const answer = await knock(name === null ? null : sessionOf(name), `${path}?${search}`)
      const text = await answer.text()
      if (answer.status >= 500 || /data-dgst="(?!NEXT_)/.test(text)) broken.push(`${path}?${search}: ${answer.status}`)
    }
  }
  expect(broken).toEqual([])
})

/** A refusal shows nothing of whom the thing is about, not even in what is streamed for scripts. */
function expectNothingOfOthers(text: string, name: PersonName): void {
  for (const other of ['student', 'neighbour', 'credited'] as const) {
    if (other !== name) expect(text, `${name} sees ${other}`).not.toContain(PEOPLE[other].number)
  }
}

/** All of the page is in its place as it comes: nothing waits for a script to be put there (docs/decisions/0009). */
function expectReadable(text: string): void {
  expect(text).toMatch(/<h1[\s>]/)
  expect(text).not.toMatch(/<!--\$[?!]-->|<div hidden="" id="S:|<template/)
}

/** Headers that hold for every page, and no script that the policy's nonce does not name. */
function expectGuarded(answer: Response, text: string): void {
  const policy = answer.headers.get('content-security-policy') ?? ''
  const [, nonce] = /script-src 'self' 'nonce-([\w+/=]{20,})' 'strict-dynamic'/.exec(policy) ?? []
  expect(nonce).toBeTruthy()
  expect(policy).not.toMatch(/unsafe|\*|https?:/)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  })
  expect(answer.headers.get('cache-control')).toMatch(/no-store|private/)
  expect(answer.headers.get('x-powered-by')).toBeNull()
  const scripts = [...text.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag)
  expect(scripts.length).toBeGreaterThan(0)
  expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([])
  expect(text).not.toMatch(/<[a-z][^>]*\son[a-z]+=/)
}

const addressOf = (door: RouteDoor, key: string): string => {
  const path = fillIn(key.split(' ')[1] ?? '', door.values?.(things) ?? {})
  const query = door.query ? `?${new URLSearchParams(door.query(things))}` : ''
  return path + query
}

const bodyOf = (door: RouteDoor) => (door.form ? { body: new URLSearchParams(door.form(things)) } : {})

for (const [key, door] of Object.entries(ROUTE_DOORS)) {
  const [method = 'GET'] = key.split(' ')
  test(`route ${key}`, async () => {
    const path = addressOf(door, key)
    for (const name of [null, ...EVERYBODY]) {
      if (name !== null && isLetIn(door.open, name) && door.tried && !door.tried.includes(name)) continue
      const answer = await knock(name === null ? null : sessionOf(name), path, { method, ...bodyOf(door) })
      const location = answer.headers.get('location')
      await answer.body?.cancel()
      if (isLetIn(door.open, name)) {
        expect({ name, status: answer.status }).toEqual({ name, status: door.status })
        if (door.location) expect(location).toMatch(door.location)
      } else {
        const refused = [401, 403, 404].includes(answer.status) || isRefusal(answer.status, location)
        expect({ name, status: answer.status, location, refused }).toMatchObject({ name, refused: true })
      }
    }
  })
}

/** Where a person walks in the browser, a refusal is a page that says so. */
function isRefusal(status: number, location: string | null): boolean {
  return status === 303 && /^\/(sign-in\?return=|accounts\?problem=\w*not_found$)/.test(location ?? '')
}

/** Codes that say no more than "not you" or "not there". */
const REFUSED = /^(sign_in_required|role_not_allowed|other_department|(\w+_)?not_found)$/

for (const [key, door] of Object.entries(ACTION_DOORS)) {
  test(`action ${key}`, async () => {
    const action = builtAction(key)
    const about = await withAttempt(key)
    for (const name of [
      null,
      ...EVERYBODY.toSorted((a, b) => Number(isLetIn(door.open, a)) - Number(isLetIn(door.open, b))),
    ]) {
      if (name !== null && isLetIn(door.open, name) && door.tried && !door.tried.includes(name)) continue
      const call = { form: door.form(about), withState: door.plain !== true }
      const { outcome, redirectedTo } = await callAction(name === null ? null : sessionOf(name), action, call)
      const code = bulkCode(redirectedTo) ?? outcome
      if (isLetIn(door.open, name)) expect({ name, code }).toEqual({ name, code: door.outcome })
      else expect({ name, code, refused: isRefused(code, redirectedTo) }).toEqual({ name, code, refused: true })
    }
  })
}

const isRefused = (code: string, redirectedTo: string | null): boolean =>
  REFUSED.test(code) || (redirectedTo ?? '').startsWith('/sign-in')

/** Deciding several claims goes on to a list that says what came of each. */
function bulkCode(redirectedTo: string | null): string | null {
  const [, code] = /[?&]done=[\da-f-]{36}\.(\w+)/.exec(redirectedTo ?? '') ?? []
  return code ?? null
}

function builtAction(key: string): BuiltAction {
  const found = listBuiltActions().find(({ name }) => name === key)
  if (found === undefined) throw new Error(`the build has no action ${key}`)
  return found
}

test('no route and no action takes a change that a page of another site asks for', async () => {
  const admin = sessionOf('admin')
  for (const [key, door] of Object.entries(ROUTE_DOORS)) {
    const [method = 'GET'] = key.split(' ')
    if (method === 'GET' || method === 'HEAD') continue
    for (const origin of ['https://evil.example', 'null', null]) {
      const answer = await knock(admin, addressOf(door, key), { method, origin, ...bodyOf(door) })
      expect([key, origin, answer.status]).toEqual([key, origin, 403])
    }
  }
  for (const [key, door] of Object.entries(ACTION_DOORS)) {
    const call = { form: door.form(things), withState: door.plain !== true, origin: 'https://evil.example' }
    const { status } = await callAction(admin, builtAction(key), call)
    expect([key, status]).toEqual([key, 403])
  }
})

test('what is larger than it may be is refused before it is read', async () => {
  const student = sessionOf('student')
  const huge = 'x'.repeat(11_000_000)
  for (const [key, door] of Object.entries(ROUTE_DOORS)) {
    const [method = 'GET'] = key.split(' ')
    const readsBody = key.includes('/signin/') || Object.keys(door.form?.(things) ?? {}).length > 0
    if (method === 'GET' || !readsBody) continue
    const body = new URLSearchParams({ return: huge })
    const answer = await knock(sessionOf('newcomer'), addressOf(door, key), { method, body })
    expect([key, answer.status]).toEqual([key, 413])
  }
  const create = builtAction('app/(student)/claims/actions.ts createClaimAction')
  const form = { contributionIds: things.contributionId, termId: things.termId }
  const long = await callAction(student, create, { form: { ...form, statement: 'x'.repeat(300_000) }, withState: true })
  expect(long.outcome).toMatch(/too_large|too_long|invalid/)
  const answer = await callAction(student, create, { form: { ...form, statement: huge }, withState: true })
  expect(answer).toMatchObject({ status: 413, outcome: 'body_too_large' })
  // A form that a browser without script sends: its answer is a page by itself.
  const plain = await knock(student, create.page, { method: 'POST', body: new URLSearchParams({ statement: huge }) })
  expect(plain.status).toBe(413)
  expect(await plain.text()).toContain('提交的内容超出大小限制')
})

test('a download that is refused is said in words, on the page where it was asked for', async () => {
  const { appUrl } = readStack()
  const asked = { 'sec-fetch-dest': 'document', referer: `${appUrl}/admin/reports?kind=award` }
  const path = '/api/reports/export?termId=none-of-ours'
  const refused = await knock(sessionOf('admin'), path, { headers: asked })
  expect([refused.status, refused.headers.get('location')]).toEqual([303, '/admin/reports?kind=award'])
  const [flash = ''] = (refused.headers.getSetCookie()[0] ?? '').split(';')
  const page = await knock({ cookie: `${sessionOf('admin').cookie}; ${flash}` }, '/admin/reports?kind=award')
  expect(await page.text()).toContain(loadWords('zh-CN')('errors.invalid_query'))
  const late = await knock(null, path, { headers: asked })
  expect([late.status, late.headers.get('location')]).toEqual([
    303,
    '/sign-in?return=%2Fadmin%2Freports%3Fkind%3Daward',
  ])
})

test('no address of another host is gone back to', async () => {
  const foreign = [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/%09/evil.example/',
    'javascript:alert(1)',
  ]
  for (const address of foreign) {
    const page = await (await knock(null, `/sign-in?return=${encodeURIComponent(address)}`)).text()
    const kept = [...page.matchAll(/name="return"[^>]*value="([^"]*)"/g)].map(([, value]) => value)
    for (const value of kept) expect(new URL(value ?? '', readStack().appUrl).origin).toBe(readStack().appUrl)
    const answer = await knock(null, '/preferences', {
      method: 'POST',
      body: new URLSearchParams({ theme: 'dark' }),
      headers: { referer: address.startsWith('http') ? address : `https://evil.example${address}` },
    })
    const location = new URL(answer.headers.get('location') ?? '', readStack().appUrl)
    expect(location.origin).toBe(readStack().appUrl)
  }
})

test('cookies are as strict as they can be', async () => {
  const signInAnswer = await knock(null, '/api/auth/signin/oidc-yunlu', { method: 'POST', body: new URLSearchParams() })
  const preferences = await knock(null, '/preferences', {
    method: 'POST',
    body: new URLSearchParams({ locale: 'en', theme: 'dark' }),
  })
  const lines = [...signInAnswer.headers.getSetCookie(), ...preferences.headers.getSetCookie()]
  expect(lines.length).toBeGreaterThan(2)
  for (const line of lines) {
    expect(line).toMatch(/;\s*HttpOnly/i)
    expect(line).toMatch(/;\s*SameSite=(Lax|Strict)/i)
    expect(line).toMatch(/;\s*Path=\//i)
    expect(line).not.toMatch(/;\s*Domain=/i)
  }
})

test('a session cookie that is not ours, or is changed, is nobody', async () => {
  const { cookie } = sessionOf('admin')
  const forged: Caller[] = [
    { cookie: `${cookie}x` },
    { cookie: cookie.slice(0, -4) },
    { cookie: 'yuanfen-session=../../etc/passwd' },
    { cookie: `yuanfen-session=${'a'.repeat(5000)}` },
  ]
  for (const caller of forged) {
    const answer = await knock(caller, '/admin')
    expect([answer.status, answer.headers.get('location')]).toEqual([307, '/sign-in?return=%2Fadmin'])
  }
})
