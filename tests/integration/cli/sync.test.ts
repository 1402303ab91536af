import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeLinkedAccount, makeMember, makeUniversity, openTestWorld, type TestWorld } from '@/tests/factories'
import { setAppEnv } from '@/tests/setup/app-env'
import { cli } from './run-cli'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let world: TestWorld
beforeAll(async () => {
  setAppEnv()
  world = await openTestWorld()
})
afterAll(() => world?.close())

test('the operator sees, holds and goes on with a platform of one university, each with a reason in its audit', async () => {
  const university = await makeUniversity(world)
  const { slug, universityId } = university
  const student = await makeMember(world, university)
  await makeUniversity(world)
  await makeLinkedAccount(world, student.personId, { platform: 'gitee', platformUserId: '1', login: 'somebody' })
  const at = ['--university', slug, '--reason', '平台通知维护', '--operator', 'ops', '--json']
  const on = [...at, '--platform', 'gitee']

  const paused = await cli(['sync', 'pause', ...on, '--why', 'Gitee 今晚停机维护'])
  expect(paused).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(paused.out)).toEqual({ ok: true, platform: 'gitee', paused: true })
  expect(JSON.parse((await cli(['sync', 'pause', ...on, '--why', 'Gitee 今晚停机维护'])).err).error.code).toBe(
    'sync_paused',
  )
  expect((await cli(['sync', 'pause', ...on, '--why', 'x'])).code).toBe(2)

  const health = JSON.parse((await cli(['sync', 'health', ...at])).out)
  expect(health.universities).toHaveLength(1)
  const gitee = health.universities[0].platforms.find(({ platform }: { platform: string }) => platform === 'gitee')
  expect(gitee).toMatchObject({ pause: { reason: 'Gitee 今晚停机维护', byOperator: true }, accounts: { linked: 1 } })
  expect(JSON.stringify(health)).not.toContain('somebody')
  expect(health.queue).toMatchObject({ due: 0 })
  const words = await cli(['sync', 'health', ...at.filter((one) => one !== '--json')])
  expect(words.out).toContain('Gitee 今晚停机维护')

  expect(JSON.parse((await cli(['sync', 'resume', ...on])).out)).toMatchObject({ paused: false, accounts: 0 })
  expect(JSON.parse((await cli(['sync', 'resume', ...on])).err).error.code).toBe('sync_not_paused')
  expect(JSON.parse((await cli(['sync', 'retry', ...on])).err).error.code).toBe('sync_not_connected')
  const events = await world.db.auditEvent.findMany({ where: { universityId, action: { startsWith: 'sync.' } } })
  expect(events.map(({ action, actorName, reason }) => [action, actorName, reason]).sort()).toEqual([
    ['sync.paused', 'ops', '平台通知维护'],
    ['sync.resumed', 'ops', '平台通知维护'],
  ])
})

test('all universities are told of without naming one', async () => {
  const health = await cli(['sync', 'health', '--reason', '例行查看', '--operator', 'ops', '--json'])
  expect(JSON.parse(health.out).universities.length).toBe(await world.db.university.count())
})
