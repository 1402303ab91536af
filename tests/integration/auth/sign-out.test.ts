import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashSessionToken } from '@/lib/auth/session-cookie'
import { findCampusSignOut, signOut } from '@/lib/auth/sign-out'
import { limitAttempts } from '@/lib/db/attempt-counters'
import { deleteExpiredSignIns, findSessionView } from '@/lib/db/sessions'
import { PlainBrowser } from '@/sandbox/testing/plain-browser'
import { makeMember, makeUniversity, openTestWorld, type TestUniversity, type TestWorld } from '@/tests/factories'
import { setAppEnv, TEST_APP_URL } from '@/tests/setup/app-env'
import { type RunningProviders, startIdentityProviders } from '@/tests/setup/identity-providers'
import { signInAs } from '@/tests/setup/sign-in'
import { SignInBrowser } from './browser'

let world: TestWorld
let campus: RunningProviders
let yunlu: TestUniversity

beforeAll(async () => {
  setAppEnv()
  world = await openTestWorld()
  campus = await startIdentityProviders()
  yunlu = await makeUniversity(world, { slug: 'yunlu' })
  await campus.connect(world, yunlu)
}, 60_000)

afterAll(async () => {
  campus?.close()
  await world?.close()
})

test('ends our session and leads to the university’s sign-out, which sends back to our page', async () => {
  const browser = new SignInBrowser(campus.origin)
  await browser.signIn('yunlu', 'sun-yihan')
  const memberId = (await browser.viewer())?.actor.memberId
  const { onward, others } = await signOut(browser.token, await browser.viewer(), { now: new Date() })
  expect(others).toEqual([])
  expect(await browser.viewer()).toBeNull()
  expect(onward?.origin).toBe(campus.origin)
  const landing = await new PlainBrowser(campus.origin).follow(onward?.url ?? '')
  expect(landing.leftTo?.href).toBe(`${TEST_APP_URL}/signed-out`)
  const event = await world.db.auditEvent.findFirst({ where: { action: 'session.ended' } })
  expect(event?.actorMemberId).toBe(memberId)
  const nothing = { onward: null, others: [] }
  expect(await signOut(browser.token, null, { now: new Date() })).toEqual(nothing)
  expect(await signOut(undefined, null, { now: new Date() })).toEqual(nothing)
  expect(await findCampusSignOut('oidc-yunlu')).toEqual(onward)
  expect(await findCampusSignOut('oidc-nowhere')).toBeNull()
  expect(await findCampusSignOut('https://evil.example')).toBeNull()
})

test('a secret that does not open keeps nobody signed in at the university', async () => {
  const university = await makeUniversity(world, { slug: 'broken-seal' })
  await campus.connect(world, university)
  const { settings } = await world.db.universityConnection.findFirstOrThrow({
    where: { universityId: yunlu.universityId },
  })
  await world.db.universityConnection.updateMany({
    where: { universityId: university.universityId },
    data: { secretSealed: 'v1.gone.AAAA', settings: Object(settings) },
  })
  const member = await makeMember(world, university)
  const { token } = await signInAs(world.database.ownerUrl, { universitySlug: 'broken-seal', number: member.number })
  const { onward } = await signOut(token, null, { now: new Date() })
  expect(onward?.origin).toBe(campus.origin)
  expect(await findSessionView(hashSessionToken(token))).toBeNull()
})

test('a university that does not answer is not said to be left', async () => {
  const university = await makeUniversity(world, { slug: 'silent' })
  await campus.connect(world, university)
  const row = await world.db.universityConnection.findFirstOrThrow({
    where: { universityId: university.universityId },
  })
  await world.db.universityConnection.updateMany({
    where: { universityId: university.universityId },
    data: { settings: { ...Object(row.settings), issuer: `${campus.origin}/nowhere` } },
  })
  const member = await makeMember(world, university)
  const { token } = await signInAs(world.database.ownerUrl, { universitySlug: 'silent', number: member.number })
  expect((await signOut(token, null, { now: new Date() })).onward).toBeNull()
  expect(await findSessionView(hashSessionToken(token))).toBeNull()
})

test('a session that tests start is one that the app knows', async () => {
  const member = await makeMember(world, yunlu, { roles: ['reviewer'] })
  const signedIn = await signInAs(world.database.ownerUrl, { universitySlug: 'yunlu', number: member.number })
  expect(signedIn.actor).toEqual(member.actor)
  const view = await findSessionView(hashSessionToken(signedIn.token))
  expect(view).toMatchObject({ memberId: member.memberId, roles: ['reviewer'], name: member.name })
})

test('sessions that ran out are forgotten, whoever’s they were; living ones stay', async () => {
  const member = await makeMember(world, yunlu)
  const who = { universitySlug: 'yunlu', number: member.number }
  const [old, living] = [await signInAs(world.database.ownerUrl, who), await signInAs(world.database.ownerUrl, who)]
  await world.db.session.updateMany({
    where: { tokenHash: hashSessionToken(old.token) },
    data: { expiresAt: new Date(0) },
  })
  expect(await deleteExpiredSignIns()).toMatchObject({ sessions: 1 })
  expect(await world.db.session.count({ where: { tokenHash: hashSessionToken(living.token) } })).toBe(1)
})

test('attempts are counted in windows, refused above the limit with the time to wait, and counted together', async () => {
  const now = new Date('2026-11-10T04:00:30Z')
  const limit = { key: 'test', limit: 3, windowSeconds: 60, code: 'too_many' }
  const tries = await Promise.allSettled(Array.from({ length: 5 }, () => limitAttempts(limit, now)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  await expect(limitAttempts(limit, now)).rejects.toMatchObject({
    kind: 'rate_limited',
    details: { retryAfterSeconds: 30, retryAfterMinutes: 1 },
  })
  await limitAttempts(limit, new Date(now.getTime() + 30_000))
})
