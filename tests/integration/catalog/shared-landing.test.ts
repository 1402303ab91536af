import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { changeSharedEntry } from '@/lib/catalog/change-shared-entry'
import { overrideEntry } from '@/lib/catalog/override-entry'
import { overrideInput } from '@/lib/catalog/schema'
import { seal } from '@/lib/config/sealing'
import { connectionSealContext } from '@/lib/db/university-connections'
import type { OperatorActor, SystemActor } from '@/lib/domain/actor'
import type { CatalogHome } from '@/lib/domain/catalog-home'
import { COMMIT_TRAILER_OF_META, type LandingRules, MERGED, PYTORCH } from '@/lib/domain/landing-rule'
import { jobs } from '@/lib/queue/jobs'
import { rereadEverywhere } from '@/lib/sync/reread-claimed'
import { makeMember, makeUniversity, NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { cli } from '@/tests/integration/cli/run-cli'
import { setAppEnv } from '@/tests/setup/app-env'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const SYNC: SystemActor = { kind: 'system', name: 'SYSTEM_SYNC', universityId: null }
const operator: OperatorActor = { kind: 'operator', name: 'ops', reason: '合入方式有误', universityId: null }
const REASON = '按仓库的合入方式更正'

let world: TestWorld
let owner: string

beforeAll(async () => {
  setAppEnv()
  world = await openTestWorld()
})
afterAll(() => world?.close())
beforeEach(() => {
  owner = `lab-${randomUUID().slice(0, 8)}`
})

async function shared(name: string | null, landing: LandingRules, homes: CatalogHome[] = []): Promise<void> {
  await world.db.catalogEntry.create({
    data: {
      ...{ platform: 'github', owner, name, ownerKey: owner, nameKey: name ?? '', platformId: `9${owner.length}` },
      ...{
        status: 'included',
        reason: 'seeded',
        kind: 'framework',
        landing,
        acceptedBranches: [],
        aliasKeys: [],
        homes,
      },
    },
  })
}

const say = (name: string, landing: LandingRules | undefined) =>
  changeSharedEntry(
    operator,
    {
      ...{ platform: 'github', owner, name, status: 'included', reason: REASON },
      ...(landing === undefined ? {} : { landing }),
    },
    { now: NOW },
  )

const keysSchema = z.array(z.object({ key: z.string() }))
async function queued(task: string): Promise<string[]> {
  const rows = await world.db.$queryRaw`
    select key from graphile_worker.jobs where task_identifier = ${task} and key like ${`%${owner}%`} order by key`
  return keysSchema.parse(rows).map(({ key }) => key)
}

test('the operator’s command has what is stored read again and live claims looked at, at each place of the project', async () => {
  const home = { platform: 'gitee', owner, name: 'engine-cn', platformId: null, role: 'home', since: null } as const
  await shared('engine', MERGED, [home])
  const at = ['--platform', 'github', '--repository', `${owner}/engine`, '--reason', REASON, '--operator', 'ops']
  const landing = JSON.stringify([COMMIT_TRAILER_OF_META])
  const set = await cli(['catalog', 'set', ...at, '--status', 'included', '--landing', landing])
  expect(set).toMatchObject({ code: 0, err: '' })
  expect(await queued('reread-all')).toEqual([
    `reread-all:gitee:${owner}/engine-cn`,
    `reread-all:github:${owner}/engine`,
  ])
  expect(await queued('rewarn-claims')).toEqual([`rewarn-claims:all:github:${owner}/engine`])
})

test('its job asks at every university that has a credential of its own', async () => {
  await shared('engine', MERGED)
  await say('engine', PYTORCH)
  const universities = await Promise.all([makeUniversity(world), makeUniversity(world)])
  for (const { universityId } of universities) {
    const kind = 'github_app' as const
    const secretSealed = seal('secret', connectionSealContext({ universityId, kind }))
    await world.db.universityConnection.create({ data: { universityId, kind, settings: {}, secretSealed } })
  }
  const line = { platform: 'github', ownerKey: owner, nameKey: 'engine', platformId: `9${owner.length}`, aliasKeys: [] }
  const { of } = jobs['reread-all'].parse({ of: { kind: 'catalog', line } })
  expect(await rereadEverywhere(SYNC, of)).toEqual({ requested: 2 })
  expect(await queued('reread-contributions')).toEqual(
    universities.map(({ universityId: id }) => `reread-contributions:${id}:github:github:${owner}/engine`).sort(),
  )
})

test('nothing is read again where it lands as before, in whatever order the database gives the rules back', async () => {
  await shared('engine', PYTORCH)
  await say('engine', PYTORCH)
  await say('engine', undefined)
  // A line of its own, under an owner whose line says the same …
  await shared(null, PYTORCH)
  await say('other', PYTORCH)
  expect(await queued('reread-all')).toEqual([])
  const event = await world.db.auditEvent.findFirstOrThrow({ where: { subjectId: `github:${owner}/engine` } })
  expect(event.data).toMatchObject({ changed: { reason: { to: REASON } } })
  expect(Object.keys(z.object({ changed: z.record(z.string(), z.unknown()) }).parse(event.data).changed)).toEqual([
    'reason',
  ])
  // … and one that says nothing of it, so that the owner's word holds no more.
  await say('third', undefined)
  expect(await queued('reread-all')).toEqual([`reread-all:github:${owner}/third`])
})

test('a university’s word that leaves the shared rules as they are has nobody read anew', async () => {
  await shared('engine', PYTORCH)
  const admin = await makeMember(world, await makeUniversity(world), { roles: ['admin'] })
  const word = {
    ...{ platform: 'github', owner, name: 'engine', status: 'included', kind: 'tool', tier: 'standard' },
    ...{ reason: '课程里常用', acceptedBranches: '', expectedVersion: '' },
  }
  await overrideEntry(admin.actor, overrideInput.parse(word), { now: NOW })
  const key = `sync-university-accounts:${admin.actor.universityId}:backfill`
  expect(await world.db.$queryRaw`select key from graphile_worker.jobs where key = ${key}`).toEqual([])
  const event = await world.db.auditEvent.findFirstOrThrow({ where: { universityId: admin.actor.universityId } })
  expect(JSON.stringify(event.data)).not.toContain('landing')
})
