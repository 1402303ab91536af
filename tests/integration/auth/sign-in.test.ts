import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { admitMember } from '@/lib/auth/admit-member'
import { hashSessionToken, SESSION_SECONDS } from '@/lib/auth/session-cookie'
import { findSessionView } from '@/lib/db/sessions'
import { identityPeople } from '@/sandbox/identity/part'
import { makeUniversity, openTestWorld, type TestUniversity, type TestWorld } from '@/tests/factories'
import { setAppEnv, TEST_APP_URL } from '@/tests/setup/app-env'
import { type RunningProviders, startIdentityProviders } from '@/tests/setup/identity-providers'
import { SignInBrowser } from './browser'

let world: TestWorld
let campus: RunningProviders
let yunlu: TestUniversity
let haicheng: TestUniversity
let browser: SignInBrowser

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

beforeEach(() => {
  browser = new SignInBrowser(campus.origin)
})

const eventsOf = async (action: string) => world.db.auditEvent.findMany({ where: { action }, orderBy: { id: 'asc' } })

describe('a first sign-in', () => {
  test('lets in a new member whose role the university says, and starts a session of eight hours', async () => {
    const arrival = await browser.signIn('yunlu', 'lin-yue')
    expect(arrival.path).toBe('/home')
    const viewer = await browser.viewer()
    expect(viewer).toMatchObject({
      name: '林悦',
      number: '0230417001',
      actor: { universityId: yunlu.universityId, roles: ['student'] },
      university: { slug: 'yunlu' },
      unreadNotifications: 0,
    })
    const ends = viewer?.sessionExpiresAt.getTime() ?? 0
    expect(Math.abs(ends - Date.now() - SESSION_SECONDS * 1000)).toBeLessThan(10_000)
    const member = await world.db.member.findFirstOrThrow({ where: { number: '0230417001' } })
    expect(member).toMatchObject({ departmentId: yunlu.departmentId, programme: '计算机科学与技术' })
    expect((await eventsOf('member.admitted')).at(-1)?.data).toEqual({ memberId: member.id, matchedBy: 'new' })
    expect((await eventsOf('session.started')).at(-1)).toMatchObject({
      universityId: yunlu.universityId,
      actorMemberId: member.id,
      data: { provider: 'oidc-yunlu' },
    })
  })

  test('keeps the hash of the token and no token of the university, anywhere', async () => {
    const arrival = await browser.signIn('yunlu', 'chen-siyuan')
    const token = browser.token ?? ''
    expect(token).toHaveLength(43)
    const sessions = await world.db.session.findMany()
    expect(sessions.map((session) => session.tokenHash)).toContain(hashSessionToken(token))
    expect(JSON.stringify(sessions)).not.toContain(token)
    const cookie = arrival.setCookies.find((line) => line.startsWith('yuanfen-session='))
    expect(cookie).toMatch(/; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/)
    // What it needed on the way is gone.
    expect([...browser.cookies.keys()].filter((name) => /state|pkce|nonce|csrf/.test(name))).toEqual([])
  })

  test('finds the row of the roster by its number, and only at its own university', async () => {
    const row = { number: '0230521003', name: '名册', programme: '按名册' }
    const [here, there] = [yunlu, haicheng].map(({ universityId }) => ({ ...row, universityId }))
    if (!here || !there) throw new Error('unreachable')
    const mine = await world.db.member.create({ data: here })
    const other = await world.db.member.create({ data: there })
    const person = personWithNumber('yunlu', '0230521003') ?? ''
    await browser.signIn('yunlu', person)
    const viewer = await browser.viewer()
    expect(viewer?.actor.memberId).toBe(mine.id)
    expect(viewer?.name).toBe('名册')
    expect(await world.db.member.findFirst({ where: { id: other.id } })).toMatchObject({
      personId: null,
      subject: null,
    })
  })

  test('never finds somebody by e-mail address', async () => {
    const stranger = await world.db.member.create({
      data: { universityId: yunlu.universityId, number: 'X1', name: 'X', email: 'shen-guoan@yunlu.example.edu' },
    })
    await browser.signIn('yunlu', 'shen-guoan')
    expect((await browser.viewer())?.actor.memberId).not.toBe(stranger.id)
    expect(await world.db.member.findFirst({ where: { id: stranger.id } })).toMatchObject({ personId: null })
  })

  test('two windows at once make one person', async () => {
    const browsers = [new SignInBrowser(campus.origin), new SignInBrowser(campus.origin)]
    const person = personWithNumber('yunlu', '0230521008') ?? ''
    await Promise.all(browsers.map((one) => one.signIn('yunlu', person)))
    const [first, second] = await Promise.all(browsers.map((one) => one.viewer()))
    expect(first?.actor.personId).toBeDefined()
    expect(first?.actor.personId).toBe(second?.actor.personId)
  })
})

describe('who is not let in', () => {
  test('a number that signed in under another subject', async () => {
    await world.db.member.create({
      data: { universityId: yunlu.universityId, number: '00090002', name: '占用', subject: 'somebody-else' },
    })
    const arrival = await browser.signIn('yunlu', 'liu-jing')
    expect(arrival.path).toBe('/sign-in?error=number_belongs_to_another&university=yunlu')
    expect(browser.token).toBeUndefined()
    expect((await eventsOf('session.refused')).at(-1)?.data).toEqual({
      provider: 'oidc-yunlu',
      code: 'number_belongs_to_another',
    })
    await world.db.member.deleteMany({ where: { number: '00090002' } })
  })

  test('a member who left', async () => {
    await world.db.member.create({
      data: { universityId: haicheng.universityId, number: 'A2000003', name: '谢敏', status: 'left' },
    })
    const arrival = await browser.signIn('haicheng', 'xie-min')
    expect(arrival.path).toBe('/sign-in?error=member_left&university=haicheng')
    expect(browser.token).toBeUndefined()
    await world.db.member.deleteMany({ where: { number: 'A2000003' } })
  })

  test('somebody the sign-in gives no role, and no roster knows', async () => {
    const claims = {
      subject: 's',
      number: 'N1',
      name: 'N',
      roles: [],
      department: '',
      programme: '',
      className: '',
      email: '',
    }
    const universityId = haicheng.universityId
    for (const changed of [
      claims,
      { ...claims, roles: null },
      { ...claims, roles: ['admin' as const], number: null },
    ]) {
      await expect(admitMember({ universityId, claims: changed }, { now: new Date() })).rejects.toMatchObject({
        code: 'not_a_member',
      })
    }
  })

  test('whoever changes what comes back: state, code, another university, a second time', async () => {
    const url = await browser.begin('yunlu')
    const query = await browser.choose(url, 'lin-yue')
    const kept = new Map(browser.cookies)
    const spoiled = [{ ...query, state: 'other' }, { ...query, code: 'other' }, { code: query.code ?? '' }]
    for (const changed of spoiled) {
      const arrival = await browser.finish('yunlu', changed)
      expect(arrival.path).toBe('/sign-in?error=sign_in_failed&university=yunlu')
    }
    expect((await browser.finish('haicheng', query)).path).toMatch(/error=sign_in_failed/)
    const without = new SignInBrowser(campus.origin)
    expect((await without.finish('yunlu', query)).path).toMatch(/error=sign_in_failed/)
    expect(without.token).toBeUndefined()
    for (const [name, value] of kept) browser.cookies.set(name, value)
    expect(await browser.viewer()).toBeNull()
  })

  test('a code works once', async () => {
    const query = await browser.choose(await browser.begin('yunlu'), 'lin-yue')
    const kept = [...browser.cookies]
    expect((await browser.finish('yunlu', query)).path).toBe('/home')
    const thief = new SignInBrowser(campus.origin)
    for (const [name, value] of kept) thief.cookies.set(name, value)
    expect((await thief.finish('yunlu', query)).path).toMatch(/error=sign_in_failed/)
    expect(thief.token).toBeUndefined()
  })

  test('who cancels at the university is told so, and a link from elsewhere ends no session', async () => {
    await browser.signIn('yunlu', 'lin-yue')
    const arrival = await browser.finish('yunlu', { error: 'access_denied' })
    expect(arrival.path).toBe('/sign-in?error=cancelled&university=yunlu')
    expect((await browser.finish('yunlu', { code: 'x', state: 'y' })).path).toMatch(/error=sign_in_failed/)
    expect(await browser.viewer()).not.toBeNull()
  })

  test('a university that there is not', async () => {
    for (const providerId of ['oidc-nowhere', 'oidc-', 'google', 'oidc-../x']) {
      await expect(browser.begin(providerId.slice(5))).rejects.toMatchObject({ kind: 'not_found' })
    }
  })
})

describe('a session', () => {
  test('ends before the next sign-in begins: the other person is never linked to it', async () => {
    await browser.signIn('yunlu', 'lin-yue')
    const [first, token] = [await browser.viewer(), browser.token ?? '']
    await browser.begin('haicheng')
    expect(browser.token).toBeUndefined()
    expect(await findSessionView(hashSessionToken(token))).toBeNull()
    await browser.signIn('haicheng', 'cao-yun')
    const second = await browser.viewer()
    expect(second?.actor.personId).not.toBe(first?.actor.personId)
    expect(second?.memberships.map(({ slug }) => slug)).toEqual(['haicheng'])
    expect((await eventsOf('session.ended')).at(-1)?.actorMemberId).toBe(first?.actor.memberId)
  })

  test('begun in another window meanwhile does not make the sign-in a linking', async () => {
    const query = await browser.choose(await browser.begin('haicheng'), 'deng-kai')
    const window = new SignInBrowser(campus.origin)
    await window.signIn('yunlu', 'lin-yue')
    browser.cookies.set('yuanfen-session', window.token ?? '')
    await browser.finish('haicheng', query)
    const viewer = await browser.viewer()
    expect(viewer?.name).toBe('邓凯')
    expect(viewer?.memberships).toHaveLength(1)
    expect(await window.viewer()).toBeNull()
  })

  test('is over after its time, and when the member left', async () => {
    await browser.signIn('yunlu', 'lin-yue')
    const viewer = await browser.viewer()
    const memberId = viewer?.actor.memberId ?? ''
    await world.db.member.updateMany({ where: { id: memberId }, data: { status: 'left' } })
    expect(await browser.viewer()).toBeNull()
    await world.db.member.updateMany({ where: { id: memberId }, data: { status: 'active' } })
    expect(await browser.viewer()).not.toBeNull()
    await world.db.session.updateMany({ where: { id: viewer?.sessionId ?? '' }, data: { expiresAt: new Date(0) } })
    expect(await browser.viewer()).toBeNull()
  })

  test('has a new token at every sign-in', async () => {
    await browser.signIn('yunlu', 'lin-yue')
    const first = browser.token
    await browser.signIn('yunlu', 'lin-yue')
    expect(browser.token).not.toBe(first)
  })
})

describe('roles', () => {
  test('of the sign-in come and go with it; what roster and admins gave stays', async () => {
    const person = personWithNumber('yunlu', '00090005') ?? ''
    await browser.signIn('yunlu', person)
    const memberId = (await browser.viewer())?.actor.memberId ?? ''
    const key = { universityId: yunlu.universityId, memberId }
    expect((await browser.viewer())?.actor.roles).toEqual(['reviewer', 'admin'])
    await world.db.memberRole.deleteMany({ where: { ...key, role: 'reviewer' } })
    await world.db.memberRole.createMany({
      data: [
        { ...key, role: 'reviewer', source: 'granted' },
        { ...key, role: 'student', source: 'sign_in' },
      ],
    })
    await browser.signIn('yunlu', person)
    expect((await browser.viewer())?.actor.roles).toEqual(['reviewer', 'admin'])
    const rows = await world.db.memberRole.findMany({ where: key, orderBy: { role: 'asc' } })
    expect(rows.map(({ role, source }) => [role, source])).toEqual([
      ['admin', 'sign_in'],
      ['reviewer', 'granted'],
    ])
    expect((await eventsOf('role.revoked')).at(-1)?.data).toEqual({ memberId, role: 'student' })
  })
})

describe('the way back', () => {
  test('is a page of this app', async () => {
    expect((await browser.signIn('yunlu', 'lin-yue', '/claims?page=2')).path).toBe('/claims?page=2')
  })

  test.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/api/auth/x',
    `${TEST_APP_URL}.evil.example/`,
  ])('never %s', async (returnPath) => {
    expect((await browser.signIn('yunlu', 'lin-yue', returnPath)).path).toBe('/home')
  })
})

function personWithNumber(slug: 'yunlu' | 'haicheng', number: string): string | undefined {
  return identityPeople(slug).find((person) => person.number === number)?.key
}
