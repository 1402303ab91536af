import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { seal } from '@/lib/config/sealing'
import { connectionSealContext } from '@/lib/db/university-connections'
import type { OperatorActor } from '@/lib/domain/actor'
import { requestSync } from '@/lib/sync/request-sync'
import { syncAllAccounts, syncUniversityAccounts } from '@/lib/sync/sync-all-accounts'
import { syncCohort } from '@/lib/sync/sync-cohort'
import { syncRepositories } from '@/lib/sync/sync-repositories'
import { makeMember, makeUniversity } from '@/tests/factories'
import { keyOf, openSyncWorld, SYNC, type SyncAccount, type SyncWorld } from './sync-world'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const LIN_YUE = { github: 71204501, gitee: 9150001 }

let world: SyncWorld
let github: SyncAccount
let gitee: SyncAccount

beforeAll(async () => {
  world = await openSyncWorld()
  github = await world.link('github', LIN_YUE.github)
  gitee = await world.link('gitee', LIN_YUE.gitee, github.member)
})
afterAll(() => world.close())

async function connect(kind: 'github_app' | 'gitee_token', settings: object, secret: string): Promise<void> {
  const { universityId } = world.university
  const secretSealed = seal(secret, connectionSealContext({ universityId, kind }))
  await world.db.universityConnection.create({ data: { universityId, kind, settings, secretSealed } })
}

const page = (trigger: 'nightly' | 'backfill' = 'nightly') =>
  syncUniversityAccounts(SYNC, { universityId: world.university.universityId, afterMemberId: null, trigger })

test('a night without a credential of the university asks for nothing, and nobody is told to sign in', async () => {
  expect(await syncAllAccounts(SYNC)).toEqual({ universities: 1 })
  expect(await world.jobs('sync-university-accounts')).toHaveLength(1)
  expect(await page()).toEqual({ requested: 0, isLastPage: true })
})

test('with the App installation and the service token every account is read, without a token of the person', async () => {
  const handed: { appId: number; installations: { id: number }[]; privateKeyPem: string } = await (
    await fetch(`${world.outside.sandbox.origin}/_sandbox/github-app`)
  ).json()
  const settings = { appId: String(handed.appId), installationId: String(handed.installations[0]?.id) }
  await connect('github_app', settings, handed.privateKeyPem)
  await connect('gitee_token', {}, 'sandbox-gitee-service-yunlu')
  expect(await page()).toEqual({ requested: 0, isLastPage: true })
  const { universityId } = world.university
  const { platforms } = world.outside
  expect((await world.jobs('sync-cohort')).map(({ payload }) => payload)).toEqual([
    { universityId, platform: 'github' },
  ])
  expect(await syncCohort(SYNC, { universityId, platform: 'github' }, { platforms })).toBe('done')
  const night = { universityId, platform: 'gitee' as const, startedAt: new Date().toISOString() }
  expect(await syncRepositories(SYNC, night, { platforms })).toBe('done')
  expect(await world.db.syncRun.count({ where: { tokenSealed: { not: null } } })).toBe(0)
  const truth = world.outside.pullRequestsOf('github', LIN_YUE.github).map(keyOf)
  expect([...(await world.stored(github)).keys()].sort()).toEqual(truth.sort())
  expect((await world.stored(gitee)).size).toBeGreaterThan(0)
  // Read a moment ago: not again tonight.
  expect((await page()).requested).toBe(0)
  // Everything is read anew, fresh or not; what is read by repository has its job for everybody at once.
  expect((await page('backfill')).requested).toBe(1)
  const run = await world.db.syncRun.findFirstOrThrow({ where: { accountId: github.accountId, state: 'queued' } })
  expect(run.trigger).toBe('backfill')
  await world.db.syncRun.update({ where: { id: run.id }, data: { state: 'done' } })
})

test('an account that was unlinked, or whose owner left, is left alone', async () => {
  await world.db.linkedAccount.updateMany({ data: { syncedAt: null } })
  await world.db.linkedAccount.update({ where: { id: gitee.accountId }, data: { unlinkedAt: new Date() } })
  await world.db.member.update({
    where: { universityId_id: { universityId: world.university.universityId, id: github.member.memberId } },
    data: { status: 'left' },
  })
  expect((await page()).requested).toBe(0)
})

test('asking twice joins the sync that is under way; others may not ask', async () => {
  const actor = github.member.actor
  const first = await requestSync(actor, { accountId: github.accountId, trigger: 'refresh' })
  expect(await requestSync(actor, { accountId: github.accountId, trigger: 'refresh' })).toEqual({
    runId: first.runId,
    joined: true,
  })
  expect((await world.jobs('sync-account')).filter((job) => job.key === `sync-account:${first.runId}`)).toHaveLength(1)
  const stranger = (await makeMember(world, world.university)).actor
  await expect(requestSync(stranger, { accountId: github.accountId, trigger: 'refresh' })).rejects.toMatchObject({
    kind: 'not_found',
  })
  await expect(
    requestSync(stranger, { accountId: github.accountId, personId: github.personId, trigger: 'refresh' }),
  ).rejects.toMatchObject({ kind: 'not_found' })
  const reviewer = (await makeMember(world, world.university, { roles: ['reviewer'] })).actor
  await expect(requestSync(reviewer, { accountId: github.accountId, trigger: 'refresh' })).rejects.toMatchObject({
    kind: 'forbidden',
  })
  const elsewhere = await makeUniversity(world)
  const foreign = (await makeMember(world, elsewhere)).actor
  await expect(requestSync(foreign, { accountId: github.accountId, trigger: 'refresh' })).rejects.toMatchObject({
    kind: 'not_found',
  })
  await expect(requestSync(actor, { accountId: gitee.accountId, trigger: 'refresh' })).rejects.toMatchObject({
    code: 'account_unlinked',
  })
})

test('the operator asks with a reason, and never without', async () => {
  const operator = (reason: string): OperatorActor => ({
    kind: 'operator',
    name: 'ops',
    reason,
    universityId: world.university.universityId,
  })
  const input = { accountId: github.accountId, personId: github.personId, trigger: 'operator' as const }
  await expect(requestSync(operator(''), input)).rejects.toMatchObject({ kind: 'forbidden' })
  expect((await requestSync(operator('ticket 4711: contributions missing'), input)).joined).toBe(true)
})

test('a repository whose landing rule is put right is caught up with, though nothing changed at the platform', async () => {
  const pull = world.outside
    .pullRequestsOf('github', LIN_YUE.github)
    .find((one) => one.traps.includes('pytorch_label_landing'))
  const key = pull ? keyOf(pull) : ''
  expect((await world.stored(github)).get(key)?.landingState).toBe('landed')
  const entry = await world.db.catalogEntry.findFirstOrThrow({ where: { ownerKey: 'pytorch', nameKey: 'pytorch' } })
  const reread = async () => {
    await world.db.syncRun.updateMany({ where: { state: { in: ['queued', 'waiting'] } }, data: { state: 'failed' } })
    await world.sync(github, { trigger: 'refresh' })
    return (await world.stored(github)).get(key)
  }
  await world.db.catalogEntry.update({ where: { id: entry.id }, data: { landing: [{ rule: 'merged' }] } })
  await world.db.catalogEntry.updateMany({
    where: { ownerKey: 'pytorch', nameKey: '' },
    data: { landing: [{ rule: 'merged' }] },
  })
  expect((await reread())?.landingState).toBe('not_landed')
  await world.db.catalogEntry.update({ where: { id: entry.id }, data: { landing: entry.landing ?? [] } })
  expect((await reread())?.landingState).toBe('landed')
})
