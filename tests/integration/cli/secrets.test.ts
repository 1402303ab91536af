import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { open, seal } from '@/lib/config/sealing'
import { linkSealContext } from '@/lib/db/link-attempts'
import { withScope } from '@/lib/db/scope'
import { syncTokenContext } from '@/lib/db/sync-runs'
import { connectionSealContext } from '@/lib/db/university-connections'
import {
  daysAgo,
  makeLinkedAccount,
  makeMember,
  makeUniversity,
  NOW,
  openTestWorld,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'
import { setAppEnv } from '@/tests/setup/app-env'
import { cli } from './run-cli'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const keyOf = (id: string, byte: number) => ({ id, key: new Uint8Array(32).fill(byte) })
const OLD = keyOf('old', 1)
const NEW = keyOf('new', 2)
const LEFT = keyOf('left', 3)
const asVariable = (...keys: (typeof OLD)[]) =>
  keys.map(({ id, key }) => `${id}:${Buffer.from(key).toString('base64')}`).join(',')
const RING = { SEALING_KEYS: asVariable(NEW, OLD) }
/** More than two pages of them. */
const RUNS = 230

let world: TestWorld
let university: TestUniversity

beforeAll(() => setAppEnv())
beforeEach(async () => {
  world = await openTestWorld()
  university = await makeUniversity(world)
  return () => world.close()
})

const reseal = () => cli(['secrets', 'reseal', '--reason', '密钥轮换', '--operator', 'ops', '--json'], { env: RING })

async function connect(kind: 'oidc' | 'gitee_token', ring: (typeof OLD)[]): Promise<void> {
  const { universityId } = university
  const secretSealed = seal(`secret of ${kind}`, connectionSealContext({ universityId, kind }), ring)
  await world.db.universityConnection.create({
    data: { universityId, kind, settings: {}, secretSealed, updatedAt: daysAgo(3) },
  })
}

const connections = () => world.db.universityConnection.findMany({ orderBy: { kind: 'asc' } })

async function fillPassing(): Promise<{ attemptId: string }> {
  const { universityId } = university
  const { personId } = await makeMember(world, university)
  const { accountId } = await makeLinkedAccount(world, personId)
  const runs = Array.from({ length: RUNS }, () => randomUUID())
  await world.db.syncRun.createMany({
    data: runs.map((id) => ({
      ...{ id, accountId, personId, universityId, trigger: 'link', state: 'queued' },
      tokenSealed: seal(`token of ${id}`, syncTokenContext(id), [OLD]),
    })),
  })
  const attemptId = randomUUID()
  await world.db.linkAttempt.create({
    data: {
      ...{ id: attemptId, stateHash: attemptId, personId, universityId, sessionId: randomUUID(), platform: 'github' },
      verifierSealed: seal('verifier', linkSealContext(attemptId, 'verifier'), [OLD]),
      tokenSealed: seal('token', linkSealContext(attemptId, 'token'), [OLD]),
      ...{ createdAt: NOW, expiresAt: daysAgo(-1) },
    },
  })
  return { attemptId }
}

test('everything under an old key is under the new one afterwards, says the same, and a second run finds nothing', async () => {
  await connect('oidc', [OLD])
  await connect('gitee_token', [NEW])
  const before = await connections()
  const { attemptId } = await fillPassing()
  const first = await reseal()
  expect(first).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(first.out).secrets).toEqual([
    { of: university.slug, resealed: 1, lost: 0 },
    { of: 'linkings and syncs under way', resealed: RUNS + 2, lost: 0 },
  ])
  // By the new key alone: the old one has left the ring.
  const { universityId } = university
  for (const { kind, secretSealed, updatedAt } of await connections()) {
    const context = connectionSealContext({ universityId, kind: kind === 'oidc' ? 'oidc' : 'gitee_token' })
    expect(open(secretSealed ?? '', context, [NEW])).toBe(`secret of ${kind}`)
    expect(updatedAt).toEqual(daysAgo(3))
  }
  const untouched = (rows: typeof before) => rows.find(({ kind }) => kind === 'gitee_token')?.secretSealed
  expect(untouched(await connections())).toBe(untouched(before))
  for (const { id, tokenSealed } of await world.db.syncRun.findMany()) {
    expect(open(tokenSealed ?? '', syncTokenContext(id), [NEW])).toBe(`token of ${id}`)
  }
  const attempt = await world.db.linkAttempt.findUniqueOrThrow({ where: { id: attemptId } })
  expect(open(attempt.verifierSealed ?? '', linkSealContext(attemptId, 'verifier'), [NEW])).toBe('verifier')
  expect(open(attempt.tokenSealed ?? '', linkSealContext(attemptId, 'token'), [NEW])).toBe('token')
  const events = await world.db.auditEvent.findMany({ where: { action: 'university.secrets_resealed' } })
  expect(events).toMatchObject([{ universityId, actorName: 'ops', reason: '密钥轮换', data: { secrets: 1 } }])

  const second = await reseal()
  expect(JSON.parse(second.out).secrets).toMatchObject([{ resealed: 0 }, { resealed: 0 }])
  expect(await world.db.auditEvent.count({ where: { action: 'university.secrets_resealed' } })).toBe(1)
})

test('what no key of the ring opens is named, left as it is, and ends with 1', async () => {
  await connect('oidc', [LEFT])
  const [before] = await connections()
  const ended = await reseal()
  expect(ended.code).toBe(1)
  expect(JSON.parse(ended.out)).toMatchObject({ ok: false, secrets: [{ resealed: 0, lost: 1 }, { lost: 0 }] })
  expect((await connections())[0]?.secretSealed).toBe(before?.secretSealed)
})

test('sealed texts of others are shown to nobody but the operator', async () => {
  await fillPassing()
  const { personId } = await makeMember(world, university)
  const statements = [
    `select * from passing_secrets('new', '', '00000000-0000-0000-0000-000000000000', 10)`,
    `select exchange_passing_secret('sync_run.token', '00000000-0000-0000-0000-000000000000', '', '')`,
  ]
  for (const statement of statements) {
    const asMember = withScope({ universityId: university.universityId, personId }, (tx) =>
      tx.$queryRawUnsafe(statement),
    )
    await expect(asMember, statement).rejects.toThrow(/permission denied/)
  }
})
