import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cancelLink } from '@/lib/accounts/cancel-link'
import { confirmLink } from '@/lib/accounts/confirm-link'
import { LINKING_CONSENT_VERSION } from '@/lib/accounts/consent'
import { finishCallback } from '@/lib/accounts/finish-callback'
import { forgetExpired, HOUSEKEEPING } from '@/lib/accounts/forget-expired'
import { getPendingLink } from '@/lib/accounts/get-pending-link'
import { listAccounts } from '@/lib/accounts/list-accounts'
import { refreshAccount } from '@/lib/accounts/refresh-account'
import { unlinkAccount } from '@/lib/accounts/unlink-account'
import { withdrawConsent } from '@/lib/accounts/withdraw-consent'
import { open } from '@/lib/config/sealing'
import { syncTokenContext } from '@/lib/db/sync-runs'
import { PLATFORMS, type Platform } from '@/lib/domain/platform'
import { getPlatform } from '@/lib/platforms/registry'
import { shownAccountId } from '@/sandbox/world/shown-ids'
import type { Account } from '@/sandbox/world/types'
import { makeMember, makeUniversity, type TestMember, type TestUniversity } from '@/tests/factories'
import {
  answerAt,
  callbackOf,
  leaveFor,
  openStage,
  platformPeople,
  proveAs,
  type Stage,
  type Visitor,
  visitorOf,
} from './stage'

let stage: Stage
let university: TestUniversity
let student: TestMember
let visitor: Visitor
const used = new Map<Platform, number>()

beforeAll(async () => {
  stage = await openStage()
  university = await makeUniversity(stage.world)
}, 60_000)
afterAll(() => stage?.close())
beforeEach(async () => {
  stage.sandbox.faults.clear()
  student = await makeMember(stage.world, university)
  visitor = visitorOf(student)
})

/** An identity that no test had before. */
function somebody(platform: Platform): Account {
  const index = used.get(platform) ?? 0
  used.set(platform, index + 1)
  const account = platformPeople(stage, platform)[index]
  if (account === undefined) throw new Error('the world is too small')
  return account
}

const confirm = (who: Visitor, attemptId: string) =>
  confirmLink(who.actor, { attemptId, sessionId: who.sessionId, consentVersion: LINKING_CONSENT_VERSION })

async function link(who: Visitor, platform: Platform, account: Account): Promise<string> {
  return (await confirm(who, await proveAs(stage, who, { platform, account }))).accountId
}

const refusals = async (who: Visitor) => {
  const where = { actorMemberId: who.actor.memberId, action: 'account.link_refused' }
  return (await stage.world.db.auditEvent.findMany({ where })).map(({ data }) => data)
}

/** Nothing secret is left of any attempt of the person, and nothing is linked. */
async function expectNothingKept(who: Visitor): Promise<void> {
  const { db } = stage.world
  const { personId } = who.actor
  const attempts = await db.linkAttempt.findMany({ where: { personId } })
  expect(attempts.map(({ tokenSealed, identity }) => ({ tokenSealed, identity }))).toEqual(
    attempts.map(() => ({ tokenSealed: null, identity: null })),
  )
  expect(await db.linkedAccount.count({ where: { personId } })).toBe(0)
  expect(await db.consent.count({ where: { personId } })).toBe(0)
  expect(await db.syncRun.count({ where: { personId } })).toBe(0)
}

test.each(PLATFORMS)('%s: proved, confirmed, and the token handed to one sync', async (platform) => {
  const account = somebody(platform)
  const attemptId = await proveAs(stage, visitor, { platform, account })
  const kept = await stage.world.db.linkAttempt.findUniqueOrThrow({ where: { id: attemptId } })
  expect(kept.verifierSealed).toBeNull()
  expect(kept.tokenSealed).toMatch(/^v1\./)
  expect(await getPendingLink(visitor.actor, { attemptId, sessionId: visitor.sessionId })).toMatchObject({
    platform,
    login: account.login,
    platformUserId: shownAccountId(platform, account.id),
    standing: 'new',
    consented: false,
  })

  const { accountId } = await confirm(visitor, attemptId)
  const { db } = stage.world
  const row = await db.linkedAccount.findUniqueOrThrow({ where: { id: accountId } })
  expect(row).toMatchObject({
    personId: student.personId,
    platform,
    platformUserId: shownAccountId(platform, account.id),
    unlinkedAt: null,
  })
  expect(await db.consent.findMany({ where: { personId: student.personId } })).toMatchObject([
    { kind: 'linking', version: LINKING_CONSENT_VERSION, withdrawnAt: null },
  ])
  const run = await db.syncRun.findFirstOrThrow({ where: { accountId } })
  expect(run).toMatchObject({ trigger: 'link', state: 'queued', universityId: university.universityId })
  const token = open(run.tokenSealed ?? '', syncTokenContext(run.id))
  expect((await getPlatform(platform).oauth.whoAmI(token)).platformUserId).toBe(shownAccountId(platform, account.id))
  const jobs = await db.$queryRaw<
    { key: string }[]
  >`select key from graphile_worker.jobs where key = ${`sync-account:${run.id}`}`
  expect(jobs).toHaveLength(1)
  const attempt = await db.linkAttempt.findUniqueOrThrow({ where: { id: attemptId } })
  expect(attempt).toMatchObject({ tokenSealed: null, identity: null })
  const events = await db.auditEvent.findMany({ where: { actorMemberId: student.memberId }, orderBy: { id: 'asc' } })
  expect(events.map(({ action }) => action).sort()).toEqual(['account.linked', 'consent.granted', 'sync.requested'])
})

test('GitHub is asked to let one choose, and for no scope; the challenge is S256', async () => {
  const url = new URL(await leaveFor(visitor, 'github'))
  expect(url.searchParams.get('prompt')).toBe('select_account')
  expect(url.searchParams.get('scope') ?? '').toBe('')
  expect(url.searchParams.get('code_challenge_method')).toBe('S256')
  const attempt = await stage.world.db.linkAttempt.findFirstOrThrow({ where: { personId: student.personId } })
  expect(JSON.stringify(attempt)).not.toContain(url.searchParams.get('state'))
})

test.each(PLATFORMS)('%s: who says no is told so, and nothing is kept', async (platform) => {
  const back = await answerAt(stage, await leaveFor(visitor, platform), 'deny')
  await expect(finishCallback(visitor.actor, callbackOf(visitor, platform, back))).rejects.toMatchObject({
    code: 'link_denied',
  })
  expect(await refusals(visitor)).toEqual([{ platform, code: 'link_denied' }])
  await expectNothingKept(visitor)
})

test('a state is used once; of two callbacks at once, one wins', async () => {
  const back = await answerAt(stage, await leaveFor(visitor, 'github'), somebody('github'))
  const call = () => finishCallback(visitor.actor, callbackOf(visitor, 'github', back))
  const results = await Promise.allSettled([call(), call()])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await expect(call()).rejects.toMatchObject({ code: 'link_state_used' })
})

test('a state is bound to the session, the person and the platform', async () => {
  const back = await answerAt(stage, await leaveFor(visitor, 'github'), somebody('github'))
  const callback = callbackOf(visitor, 'github', back)
  const elsewhere = { ...callback, sessionId: visitorOf(student).sessionId }
  await expect(finishCallback(visitor.actor, elsewhere)).rejects.toMatchObject({ code: 'link_other_session' })
  await expect(finishCallback(visitor.actor, { ...callback, platform: 'gitee' })).rejects.toMatchObject({
    code: 'link_other_platform',
  })
  const other = visitorOf(await makeMember(stage.world, university))
  await expect(finishCallback(other.actor, { ...callback, sessionId: other.sessionId })).rejects.toMatchObject({
    code: 'link_state_unknown',
  })
  for (const state of [undefined, '', 'invented']) {
    await expect(finishCallback(visitor.actor, { ...callback, state })).rejects.toMatchObject({
      code: 'link_state_unknown',
    })
  }
  await expectNothingKept(visitor)
  await expectNothingKept(other)
  // None of that used it up.
  expect((await finishCallback(visitor.actor, callback)).kind).toBe('confirm')
})

test('a state lives ten minutes, and so does the question after it', async () => {
  const start = new Date()
  const late = new Date(start.getTime() + 10 * 60_000)
  const back = await answerAt(stage, await leaveFor(visitor, 'github', start), somebody('github'))
  await expect(finishCallback(visitor.actor, callbackOf(visitor, 'github', back), { now: late })).rejects.toMatchObject(
    { code: 'link_expired' },
  )

  const attemptId = await proveAs(stage, visitor, { platform: 'github', account: somebody('github') })
  const key = { attemptId, sessionId: visitor.sessionId }
  const later = { now: new Date(Date.now() + 11 * 60_000) }
  await expect(getPendingLink(visitor.actor, key, later)).rejects.toMatchObject({ kind: 'not_found' })
  await expect(
    confirmLink(visitor.actor, { ...key, consentVersion: LINKING_CONSENT_VERSION }, later),
  ).rejects.toMatchObject({ code: 'link_attempt_not_found' })
})

test('a code without its verifier proves nothing', async () => {
  const url = new URL(await leaveFor(visitor, 'github'))
  url.searchParams.set('code_challenge', 'somebody-elses-challenge-of-the-right-length')
  const back = await answerAt(stage, url.href, somebody('github'))
  await expect(finishCallback(visitor.actor, callbackOf(visitor, 'github', back))).rejects.toMatchObject({
    code: 'link_code_refused',
  })
  await expectNothingKept(visitor)
})

test.each(PLATFORMS)('%s: an invented code is refused', async (platform) => {
  const back = await answerAt(stage, await leaveFor(visitor, platform), somebody(platform))
  back.searchParams.set('code', 'invented')
  await expect(finishCallback(visitor.actor, callbackOf(visitor, platform, back))).rejects.toMatchObject({
    code: 'link_code_refused',
  })
  await expectNothingKept(visitor)
})

test('a platform that is down is said to be down; the token that proved nobody is ended', async () => {
  const account = somebody('github')
  const back = await answerAt(stage, await leaveFor(visitor, 'github'), account)
  stage.sandbox.faults.add({
    match: { path: '/github/api/user' },
    kind: 'status_502',
    times: 9,
    afterMatches: 0,
    retryAfterSeconds: 1,
  })
  await expect(finishCallback(visitor.actor, callbackOf(visitor, 'github', back))).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'link_platform_down',
  })
  await expectNothingKept(visitor)
  const revoked = stage.sandbox.log
    .since(0)
    .filter(({ method, path }) => method === 'DELETE' && path.endsWith('/token'))
  expect(revoked.at(-1)?.status).toBe(204)
})

test('who changes their mind leaves no token behind, at GitHub neither', async () => {
  const attemptId = await proveAs(stage, visitor, { platform: 'github', account: somebody('github') })
  const { tokenSealed } = await stage.world.db.linkAttempt.findUniqueOrThrow({ where: { id: attemptId } })
  const token = open(tokenSealed ?? '', `link-attempt:${attemptId}:token`)
  await cancelLink(visitor.actor, { attemptId, sessionId: visitor.sessionId })
  await expectNothingKept(visitor)
  await expect(getPlatform('github').oauth.whoAmI(token)).rejects.toMatchObject({ kind: 'sign_in_expired' })
})

test('an identity is one person’s for good, also after unlinking, and whose it is, is not told', async () => {
  const account = somebody('github')
  const owner = visitorOf(await makeMember(stage.world, university))
  const accountId = await link(owner, 'github', account)
  const elsewhere = await makeUniversity(stage.world)
  for (const thief of [visitor, visitorOf(await makeMember(stage.world, elsewhere))]) {
    const attemptId = await proveAs(stage, thief, { platform: 'github', account })
    expect(await getPendingLink(thief.actor, { attemptId, sessionId: thief.sessionId })).toMatchObject({
      standing: 'new',
    })
    await expect(confirm(thief, attemptId)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'account_belongs_to_somebody_else',
      details: {},
    })
    expect(await refusals(thief)).toEqual([{ platform: 'github', code: 'account_belongs_to_somebody_else' }])
    await expectNothingKept(thief)
  }
  await unlinkAccount(owner.actor, { accountId })
  const attemptId = await proveAs(stage, visitor, { platform: 'github', account })
  await expect(confirm(visitor, attemptId)).rejects.toMatchObject({ code: 'account_belongs_to_somebody_else' })
})

test('nobody else sees, confirms, cancels, refreshes or unlinks what is not theirs', async () => {
  const attemptId = await proveAs(stage, visitor, { platform: 'gitee', account: somebody('gitee') })
  const accountId = await link(visitor, 'github', somebody('github'))
  const elsewhere = await makeUniversity(stage.world)
  const others = [
    visitorOf(await makeMember(stage.world, university)),
    visitorOf(await makeMember(stage.world, elsewhere)),
    { ...visitor, sessionId: visitorOf(student).sessionId },
  ]
  for (const other of others) {
    const key = { attemptId, sessionId: other.sessionId }
    await expect(getPendingLink(other.actor, key)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(confirm(other, attemptId)).rejects.toMatchObject({ kind: 'not_found' })
    await cancelLink(other.actor, key)
  }
  for (const other of others.slice(0, 2)) {
    expect(await listAccounts(other.actor)).toEqual([])
    await expect(unlinkAccount(other.actor, { accountId })).rejects.toMatchObject({ kind: 'not_found' })
    await expect(refreshAccount(other.actor, { accountId, sessionId: other.sessionId })).rejects.toMatchObject({
      kind: 'not_found',
    })
  }
  const reviewer = visitorOf(await makeMember(stage.world, university, { roles: ['reviewer', 'admin'] }))
  await expect(leaveFor(reviewer, 'github')).rejects.toMatchObject({ kind: 'forbidden' })
  await expect(listAccounts(reviewer.actor)).rejects.toMatchObject({ kind: 'forbidden' })
  expect((await confirm(visitor, attemptId)).accountId).toBeTruthy()
  expect(await listAccounts(visitor.actor)).toHaveLength(2)
})

test('several accounts of one platform; unlinked ones come back as the same row', async () => {
  const [first, second] = [somebody('github'), somebody('github')]
  const accountId = await link(visitor, 'github', first)
  await link(visitor, 'github', second)
  await unlinkAccount(visitor.actor, { accountId })
  const run = await stage.world.db.syncRun.findFirstOrThrow({ where: { accountId } })
  expect(run).toMatchObject({ state: 'failed', tokenSealed: null })
  await expect(unlinkAccount(visitor.actor, { accountId })).rejects.toMatchObject({ code: 'account_unlinked' })
  await expect(refreshAccount(visitor.actor, { accountId, sessionId: visitor.sessionId })).rejects.toMatchObject({
    code: 'account_unlinked',
  })
  const listed = await listAccounts(visitor.actor)
  expect(listed.map(({ login, unlinkedAt }) => [login, unlinkedAt === null])).toEqual([
    [second.login, true],
    [first.login, false],
  ])
  const attemptId = await proveAs(stage, visitor, { platform: 'github', account: first })
  expect((await getPendingLink(visitor.actor, { attemptId, sessionId: visitor.sessionId })).standing).toBe('again')
  expect((await confirm(visitor, attemptId)).accountId).toBe(accountId)
  expect(await stage.world.db.consent.count({ where: { personId: student.personId } })).toBe(1)
})

test('a refresh without the university’s credential goes by sign-in, and only as the same identity', async () => {
  const account = somebody('github')
  const accountId = await link(visitor, 'github', account)
  await stage.world.db.syncRun.updateMany({ where: { accountId }, data: { state: 'done', tokenSealed: null } })
  const leave = async () => {
    const outcome = await refreshAccount(visitor.actor, { accountId, sessionId: visitor.sessionId })
    if (outcome.kind !== 'leave') throw new Error('did not leave')
    return outcome.url
  }
  const wrong = await answerAt(stage, await leave(), somebody('github'))
  await expect(finishCallback(visitor.actor, callbackOf(visitor, 'github', wrong))).rejects.toMatchObject({
    code: 'refresh_other_identity',
  })
  expect(await stage.world.db.syncRun.count({ where: { accountId } })).toBe(1)
  const right = await answerAt(stage, await leave(), account)
  expect(await finishCallback(visitor.actor, callbackOf(visitor, 'github', right))).toEqual({ kind: 'refreshed' })
  const run = await stage.world.db.syncRun.findFirstOrThrow({ where: { accountId, trigger: 'refresh' } })
  expect(run.tokenSealed).not.toBeNull()
  // One is under way: a second press joins it.
  expect(await refreshAccount(visitor.actor, { accountId, sessionId: visitor.sessionId })).toEqual({ kind: 'queued' })
  expect(await stage.world.db.syncRun.count({ where: { accountId } })).toBe(2)
})

test('with the university’s credential a refresh is queued at once', async () => {
  const equipped = await makeUniversity(stage.world)
  const connection = { kind: 'gitee_token', settings: {}, secretSealed: 'v1.k.x' }
  await stage.world.db.universityConnection.create({ data: { universityId: equipped.universityId, ...connection } })
  const member = visitorOf(await makeMember(stage.world, equipped))
  const accountId = await link(member, 'gitee', somebody('gitee'))
  await stage.world.db.syncRun.updateMany({ where: { accountId }, data: { state: 'done', tokenSealed: null } })
  expect((await listAccounts(member.actor))[0]?.refreshWay).toBe('university')
  expect(await refreshAccount(member.actor, { accountId, sessionId: member.sessionId })).toEqual({ kind: 'queued' })
})

test('taking the consent back unlinks everything, and linking again asks anew', async () => {
  await link(visitor, 'github', somebody('github'))
  await link(visitor, 'gitee', somebody('gitee'))
  expect(await withdrawConsent(visitor.actor)).toEqual({ unlinked: 2 })
  const { db } = stage.world
  const { personId } = student
  expect(await db.linkedAccount.count({ where: { personId, unlinkedAt: null } })).toBe(0)
  expect(await db.syncRun.count({ where: { personId, tokenSealed: { not: null } } })).toBe(0)
  await expect(withdrawConsent(visitor.actor)).rejects.toMatchObject({ code: 'no_consent' })
  await link(visitor, 'github', somebody('github'))
  expect(await db.consent.count({ where: { personId, withdrawnAt: null } })).toBe(1)
})

test('what nobody confirmed is forgotten with its token, whoever’s it was', async () => {
  const attemptId = await proveAs(stage, visitor, { platform: 'github', account: somebody('github') })
  const { db } = stage.world
  const { tokenSealed } = await db.linkAttempt.findUniqueOrThrow({ where: { id: attemptId } })
  const token = open(tokenSealed ?? '', `link-attempt:${attemptId}:token`)
  expect((await forgetExpired(HOUSEKEEPING)).tokens).toBe(0)
  await db.linkAttempt.update({ where: { id: attemptId }, data: { expiresAt: new Date(Date.now() - 1000) } })
  expect((await forgetExpired(HOUSEKEEPING)).tokens).toBe(1)
  await expectNothingKept(visitor)
  await expect(getPlatform('github').oauth.whoAmI(token)).rejects.toMatchObject({ kind: 'sign_in_expired' })
  await db.linkAttempt.update({ where: { id: attemptId }, data: { expiresAt: new Date(Date.now() - 2 * 86_400_000) } })
  expect((await forgetExpired(HOUSEKEEPING)).deletedAttempts).toBe(1)
  await expect(forgetExpired({ ...HOUSEKEEPING, name: 'SYSTEM_SYNC' })).rejects.toMatchObject({ kind: 'forbidden' })
})

test('tries are limited', async () => {
  const now = new Date()
  for (let count = 0; count < 12; count += 1) await leaveFor(visitor, 'github', now)
  await expect(leaveFor(visitor, 'github', now)).rejects.toMatchObject({
    kind: 'rate_limited',
    code: 'too_many_link_attempts',
  })
})
