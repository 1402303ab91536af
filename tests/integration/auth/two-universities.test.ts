import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { joinIntentCookie, joinProofCookie, openJoinProof, sealJoinProof } from '@/lib/auth/join-intent'
import { getJoinOffer, joinUniversity, listOtherUniversities } from '@/lib/auth/join-university'
import { newSessionToken, sessionCookieName } from '@/lib/auth/session-cookie'
import { switchUniversityOf } from '@/lib/auth/switch-university'
import type { Viewer } from '@/lib/auth/types'
import {
  makeLinkedAccount,
  makeUniversity,
  openTestWorld,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'
import { setAppEnv } from '@/tests/setup/app-env'
import { type RunningProviders, startIdentityProviders } from '@/tests/setup/identity-providers'
import { SignInBrowser } from './browser'

let world: TestWorld
let campus: RunningProviders
let yunlu: TestUniversity
let haicheng: TestUniversity
let browser: SignInBrowser

const now = () => new Date()

beforeAll(async () => {
  setAppEnv()
  world = await openTestWorld()
  campus = await startIdentityProviders()
  yunlu = await makeUniversity(world, { slug: 'yunlu' })
  haicheng = await makeUniversity(world, { slug: 'haicheng' })
  for (const university of [yunlu, haicheng]) await campus.connect(world, university)
}, 60_000)

afterAll(async () => {
  campus?.close()
  await world?.close()
})

beforeEach(async () => {
  browser = new SignInBrowser(campus.origin)
  for (const table of ['member_role', 'session', 'linked_account', 'member'])
    await world.db.$executeRawUnsafe(`delete from ${table}`)
})

async function viewerOf(one: SignInBrowser): Promise<Viewer> {
  const viewer = await one.viewer()
  if (viewer === null) throw new Error('nobody is signed in')
  return viewer
}

async function prove(slug: string, person: string) {
  const joining = await viewerOf(browser)
  const query = await browser.choose(await browser.begin(slug, { joining }), person)
  const arrival = await browser.finish(slug, query)
  return { arrival, proof: openJoinProof(browser.cookies.get(joinProofCookie()), joining.sessionId, now()) }
}

async function join(slug: string, person: string): Promise<void> {
  const { proof } = await prove(slug, person)
  if (proof === null) throw new Error('there is no proof')
  await joinUniversity(await viewerOf(browser), proof, { now: now() })
}

describe('adding one’s other university', () => {
  test('keeps the session, changes nothing before a yes, and makes one person of two memberships', async () => {
    await browser.signIn('yunlu', 'peng-yichen')
    const before = await viewerOf(browser)
    expect((await listOtherUniversities(before)).map(({ slug }) => slug)).toEqual(['haicheng'])
    const { arrival, proof } = await prove('haicheng', 'peng-yichen')
    expect(arrival.path).toBe('/universities/confirm')
    expect((await viewerOf(browser)).sessionId).toBe(before.sessionId)
    expect(await world.db.member.count({ where: { universityId: haicheng.universityId } })).toBe(0)
    if (proof === null) throw new Error('there is no proof')
    expect(await getJoinOffer(proof)).toMatchObject({ university: { slug: 'haicheng' }, number: 'T2020017' })
    await joinUniversity(before, proof, { now: now() })
    await joinUniversity(before, proof, { now: now() })
    const after = await viewerOf(browser)
    expect(after.memberships.map(({ slug }) => slug)).toEqual(['haicheng', 'yunlu'])
    expect(after.actor).toEqual(before.actor)
    expect(await listOtherUniversities(after)).toEqual([])
    const { universityId } = haicheng
    const events = await world.db.auditEvent.findMany({ where: { universityId }, orderBy: { id: 'asc' } })
    expect(events.map(({ action }) => action).toSorted()).toEqual([
      'member.admitted',
      'member.joined_person',
      'role.granted',
      'role.granted',
    ])
    expect(events.map(({ actorKind }) => actorKind)).not.toContain('member')
  })

  test('takes over a membership whose person had nothing else', async () => {
    const other = new SignInBrowser(campus.origin)
    await other.signIn('haicheng', 'peng-yichen')
    const empty = await viewerOf(other)
    await browser.signIn('yunlu', 'peng-yichen')
    await join('haicheng', 'peng-yichen')
    expect((await viewerOf(browser)).memberships).toHaveLength(2)
    expect(await other.viewer()).toBeNull()
    const person = await world.db.person.findUniqueOrThrow({ where: { id: empty.actor.personId } })
    expect(person.erasedAt).not.toBeNull()
  })

  test('is refused when the other membership’s person has accounts of their own', async () => {
    const other = new SignInBrowser(campus.origin)
    await other.signIn('haicheng', 'peng-yichen')
    const { personId } = (await viewerOf(other)).actor
    await makeLinkedAccount(world, personId, { unlinked: true })
    await browser.signIn('yunlu', 'peng-yichen')
    await expect(join('haicheng', 'peng-yichen')).rejects.toMatchObject({ code: 'other_person_has_data' })
    expect((await viewerOf(browser)).memberships).toHaveLength(1)
    expect(await other.viewer()).not.toBeNull()
  })

  test('is refused when one is somebody else there already', async () => {
    await browser.signIn('yunlu', 'peng-yichen')
    await join('haicheng', 'peng-yichen')
    const fresh = new SignInBrowser(campus.origin)
    for (const [name, value] of browser.cookies) fresh.cookies.set(name, value)
    browser = fresh
    await expect(join('haicheng', 'cao-yun')).rejects.toMatchObject({ code: 'already_member_there' })
  })

  test('is bound to the session, in time, and cannot be made up', async () => {
    await browser.signIn('yunlu', 'peng-yichen')
    const { sessionId } = await viewerOf(browser)
    const { proof } = await prove('haicheng', 'peng-yichen')
    if (proof === null) throw new Error('there is no proof')
    const sealed = sealJoinProof(proof)
    expect(openJoinProof(sealed, 'another-session', now())).toBeNull()
    expect(openJoinProof(sealed, sessionId, new Date(proof.until + 1))).toBeNull()
    expect(openJoinProof(`${sealed.slice(0, -2)}AA`, sessionId, now())).toBeNull()
    expect(openJoinProof(JSON.stringify(proof), sessionId, now())).toBeNull()
    // The seal of the way there is not the seal of the proof.
    expect(openJoinProof(browser.cookies.get(joinIntentCookie()), sessionId, now())).toBeNull()
  })

  test('begun in a session that is over becomes a plain sign-in, never a join', async () => {
    await browser.signIn('yunlu', 'lin-yue')
    const query = await browser.choose(
      await browser.begin('haicheng', { joining: await viewerOf(browser) }),
      'peng-yichen',
    )
    browser.cookies.delete(sessionCookieName())
    await browser.finish('haicheng', query)
    expect((await viewerOf(browser)).memberships.map(({ slug }) => slug)).toEqual(['haicheng'])
  })

  test('cancelled at the university leaves everything as it was', async () => {
    await browser.signIn('yunlu', 'peng-yichen')
    await browser.begin('haicheng', { joining: await viewerOf(browser) })
    const arrival = await browser.finish('haicheng', { error: 'access_denied' })
    expect(arrival.path).toBe('/universities?error=cancelled')
    expect((await viewerOf(browser)).memberships).toHaveLength(1)
  })
})

describe('going from one university to the other', () => {
  test('changes membership and token, keeps the end of the session, and is written down', async () => {
    await browser.signIn('yunlu', 'peng-yichen')
    await join('haicheng', 'peng-yichen')
    const before = await viewerOf(browser)
    const input = { universityId: haicheng.universityId, oldToken: browser.token ?? '', newToken: newSessionToken() }
    const { roles } = await switchUniversityOf(before, input, { now: now() })
    expect(roles).toEqual(['reviewer', 'admin'])
    expect(await browser.viewer()).toBeNull()
    browser.cookies.set(sessionCookieName(), input.newToken)
    const after = await viewerOf(browser)
    expect(after.actor).toMatchObject({ universityId: haicheng.universityId, personId: before.actor.personId })
    expect(after.number).toBe('T2020017')
    expect(after.sessionExpiresAt).toEqual(before.sessionExpiresAt)
    const event = await world.db.auditEvent.findFirstOrThrow({ where: { action: 'session.switched_university' } })
    expect(event).toMatchObject({
      universityId: haicheng.universityId,
      actorMemberId: after.actor.memberId,
      data: { fromUniversityId: yunlu.universityId },
    })
    await expect(switchUniversityOf(before, input, { now: now() })).rejects.toMatchObject({ kind: 'unauthenticated' })
  })

  test('never leads to one that is not theirs', async () => {
    await browser.signIn('yunlu', 'lin-yue')
    const input = { universityId: haicheng.universityId, oldToken: browser.token ?? '', newToken: newSessionToken() }
    await expect(switchUniversityOf(await viewerOf(browser), input, { now: now() })).rejects.toMatchObject({
      kind: 'not_found',
    })
    expect(await browser.viewer()).not.toBeNull()
  })
})
