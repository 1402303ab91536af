import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { askToOptOut } from '@/lib/catalog/ask-to-opt-out'
import { changeSharedEntry } from '@/lib/catalog/change-shared-entry'
import { decideOptOut } from '@/lib/catalog/decide-opt-out'
import { findCatalogLine } from '@/lib/catalog/find-catalog-line'
import { findOptOutStanding } from '@/lib/catalog/find-opt-out-standing'
import { listCatalog } from '@/lib/catalog/list-catalog'
import { listOptOuts } from '@/lib/catalog/list-opt-outs'
import { nominateRepository } from '@/lib/catalog/nominate-repository'
import { overrideEntry } from '@/lib/catalog/override-entry'
import { catalogListQuery, optOutInput, optOutQueueQuery, overrideInput } from '@/lib/catalog/schema'
import { listContributions } from '@/lib/contributions/list-contributions'
import { listContributionsQuery } from '@/lib/contributions/schema'
import { listIncludedEntries } from '@/lib/db/catalog-entries'
import { withScope } from '@/lib/db/scope'
import type { OperatorActor } from '@/lib/domain/actor'
import { PUBLIC_BASE_URLS } from '@/lib/domain/contribution-address'
import {
  makeContribution,
  makeLinkedAccount,
  makeMember,
  makeRepository,
  makeUniversity,
  NOW,
  openTestWorld,
  type TestMember,
  type TestWorld,
} from '@/tests/factories'
import { cli } from '@/tests/integration/cli/run-cli'
import { setAppEnv } from '@/tests/setup/app-env'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let world: TestWorld
let admin: TestMember
let student: TestMember
let elsewhere: TestMember
let address = 0

const operator: OperatorActor = { kind: 'operator', name: 'ops', reason: '维护者来信', universityId: null }
const REASON = '维护者要求不再计入课程贡献'
const queue = (over: object = {}) => optOutQueueQuery.parse(over)

beforeAll(async () => {
  setAppEnv()
  world = await openTestWorld()
})
afterAll(() => world?.close())
beforeEach(async () => {
  const university = await makeUniversity(world)
  admin = await makeMember(world, university, { roles: ['admin'] })
  student = await makeMember(world, university)
  elsewhere = await makeMember(world, await makeUniversity(world), { roles: ['admin'] })
  address += 1
})

const ask = (repository: string, over: object = {}, clientAddress = `192.0.2.${address}`) =>
  askToOptOut(
    optOutInput.parse({ address: repository, login: '@maintainer', message: '课程作业太多了，请不要计入', ...over }),
    { now: NOW, clientAddress, baseUrls: PUBLIC_BASE_URLS },
  )
const grant = (requestId: string) =>
  decideOptOut(operator, { requestId, state: 'granted', reason: REASON }, { now: NOW })
const fresh = () => `lab-${randomUUID().slice(0, 8)}`

describe('a maintainer’s request', () => {
  test('changes nothing by itself, and is seen by admins of every university and by the operator', async () => {
    const owner = fresh()
    const { requestId } = await ask(`https://github.com/${owner}/engine`)
    for (const actor of [admin.actor, elsewhere.actor, operator]) {
      const { requests } = await listOptOuts(actor, queue())
      expect(requests.find(({ id }) => id === requestId)).toMatchObject({ owner, name: 'engine', login: 'maintainer' })
    }
    expect(await findCatalogLine(student.actor, { platform: 'github', owner, name: 'engine' })).toBeNull()
    await expect(listOptOuts(student.actor, queue())).rejects.toMatchObject({ kind: 'forbidden' })
  })

  test('is followed by its id, which shows how it stands and not what was written', async () => {
    const { requestId } = await ask(`github.com/${fresh()}/engine`)
    const standing = await findOptOutStanding(requestId)
    expect(standing).toMatchObject({ state: 'open', decisionReason: '' })
    expect(JSON.stringify(standing)).not.toMatch(/maintainer|课程/)
    expect(await findOptOutStanding(randomUUID())).toBeNull()
    // Without a scope the table itself shows nothing.
    expect(await withScope({}, (tx) => tx.maintainerRequest.count())).toBe(0)
    await decideOptOut(operator, { requestId, state: 'refused', reason: '提出者不是维护者' }, { now: NOW })
    expect(await findOptOutStanding(requestId)).toMatchObject({ state: 'refused', decisionReason: '提出者不是维护者' })
  })

  test('counts against the sender’s address, and against the repository from wherever it is asked', async () => {
    const from = `198.51.100.${address}`
    for (let sent = 0; sent < 5; sent += 1) await ask(`${fresh()}/one`, {}, from)
    await expect(ask(`${fresh()}/one`, {}, from)).rejects.toMatchObject({
      kind: 'rate_limited',
      code: 'too_many_opt_outs',
    })
    const repository = `${fresh()}/many`
    for (let sent = 0; sent < 3; sent += 1) await ask(repository, {}, `203.0.113.${address * 10 + sent}`)
    await expect(ask(repository.toUpperCase(), {}, `203.0.113.${address * 10 + 9}`)).rejects.toMatchObject({
      code: 'too_many_opt_outs',
    })
    const keys = await world.db.attemptCounter.findMany({ where: { key: { startsWith: 'opt-out:' } } })
    expect(keys.map(({ key }) => key).join()).not.toMatch(/198\.51|203\.0|many/)
  })

  test('is decided once', async () => {
    const { requestId } = await ask(`${fresh()}/engine`)
    const outcomes = await Promise.allSettled([grant(requestId), grant(requestId)])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(grant(randomUUID())).rejects.toMatchObject({ code: 'opt_out_not_found' })
  })
})

describe('once granted', () => {
  test('it holds at every university, over their own words, with the reason that students read', async () => {
    const repository = await makeRepository(world, { owner: fresh(), name: 'engine' })
    const key = { platform: 'github', owner: repository.owner, name: 'engine' } as const
    const word = {
      ...{ ...key, status: 'included', kind: 'tool', tier: 'standard', acceptedBranches: '' },
      ...{ reason: '课程里常用', expectedVersion: '' },
    }
    await overrideEntry(admin.actor, overrideInput.parse(word), { now: NOW })
    await makeContribution(world, { repository, author: await makeLinkedAccount(world, student.personId) })
    const contributions = async () =>
      (await listContributions(student.actor, listContributionsQuery.parse({}))).items[0]
    expect(await contributions()).toMatchObject({ counts: true })

    const { requestId } = await ask(`${repository.owner}/engine`)
    await grant(requestId)
    for (const who of [student, elsewhere]) {
      expect(await findCatalogLine(who.actor, key)).toMatchObject({ status: 'opted_out', reason: REASON })
    }
    expect(await contributions()).toMatchObject({ counts: false, reasons: [{ code: 'opted_out_repository' }] })
    const list = catalogListQuery.parse({ status: 'opted_out', search: repository.owner })
    expect((await listCatalog(student.actor, list)).lines).toHaveLength(1)
    expect((await listCatalog(student.actor, { ...list, status: 'included' })).lines).toEqual([])
    const again = overrideEntry(admin.actor, overrideInput.parse({ ...word, expectedVersion: '1' }), { now: NOW })
    await expect(again).rejects.toMatchObject({ code: 'catalog_opted_out' })
    const nominated = nominateRepository(
      student.actor,
      { address: `${repository.owner}/engine`, why: '课程项目里用到，希望认定。' },
      { now: NOW, baseUrls: PUBLIC_BASE_URLS },
    )
    await expect(nominated).rejects.toMatchObject({ code: 'nomination_opted_out' })
    const event = await world.db.auditEvent.findFirst({
      where: { action: 'catalog.opt_out_granted', subjectId: requestId },
    })
    expect(event).toMatchObject({ actorKind: 'operator', actorName: 'ops', reason: operator.reason })
    const jobs = await world.db
      .$queryRaw`select key from graphile_worker.jobs where key = ${`rewarn-claims:all:github:${repository.owner}/engine`}`
    expect(jobs).toHaveLength(1)
  })

  test('what is read repository by repository is not read any more, the owner’s other ones too where all was asked', async () => {
    const owner = fresh()
    const word = { platform: 'gitee', owner, status: 'included', kind: 'tool', tier: 'standard', acceptedBranches: '' }
    for (const name of ['one', 'two']) {
      const own = overrideInput.parse({ ...word, name, reason: '课程里常用', expectedVersion: '' })
      await overrideEntry(admin.actor, own, { now: NOW })
    }
    const read = async () =>
      (await withScope(admin.actor, (tx) => listIncludedEntries(tx, 'gitee'))).filter((one) => one.owner === owner)
    expect(await read()).toHaveLength(2)
    await grant((await ask(`https://gitee.com/${owner}/one`)).requestId)
    expect((await read()).map(({ name }) => name)).toEqual(['two'])
    await grant((await ask(`https://gitee.com/${owner}/one`, { wholeOwner: 'on' })).requestId)
    expect(await read()).toEqual([])
  })

  test('the operator may take it back by saying another word', async () => {
    const owner = fresh()
    const key = { platform: 'github', owner, name: 'engine' } as const
    const say = (status: 'opted_out' | 'included') =>
      changeSharedEntry(operator, { ...key, status, reason: REASON, landing: [{ rule: 'none' }] }, { now: NOW })
    await say('opted_out')
    await say('included')
    expect(await findCatalogLine(student.actor, key)).toMatchObject({
      status: 'included',
      landing: ['none'],
      own: null,
    })
  })
})

test('the operator’s commands list, grant, refuse and say words', async () => {
  const owner = fresh()
  const [one, two] = [await ask(`${owner}/one`), await ask(`${owner}/two`)]
  const listed = await cli(['catalog', 'requests', '--json'])
  const { requests } = JSON.parse(listed.out)
  expect(requests.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([one.requestId, two.requestId]))
  const why = ['--reason', REASON, '--operator', 'ops']
  expect((await cli(['catalog', 'grant', '--request', one.requestId, ...why])).out).toContain(`${owner}/one: granted`)
  expect((await cli(['catalog', 'refuse', '--request', two.requestId, ...why])).code).toBe(0)
  const again = await cli(['catalog', 'grant', '--request', two.requestId, ...why, '--json'])
  expect([again.code, JSON.parse(again.err).error.code]).toEqual([1, 'opt_out_decided'])
  const at = (repository: string) => ['--platform', 'github', '--repository', repository, ...why]
  expect((await cli(['catalog', 'opt-out', ...at(`${owner}-all/*`)])).code).toBe(0)
  const landing = JSON.stringify([{ rule: 'title_prefix', prefix: '[Merged] ', closedBy: [{ login: 'lander[bot]' }] }])
  expect(
    (await cli(['catalog', 'set', ...at(`${owner}/three`), '--status', 'included', '--landing', landing])).code,
  ).toBe(0)
  expect((await cli(['catalog', 'set', ...at(`${owner}/three`), '--status', 'included', '--landing', '[]'])).code).toBe(
    2,
  )
  const rows = await world.db.catalogEntry.findMany({
    where: { ownerKey: { startsWith: owner } },
    orderBy: { nameKey: 'asc' },
  })
  expect(rows.map(({ name, status }) => [name, status])).toEqual([
    [null, 'opted_out'],
    ['one', 'opted_out'],
    ['three', 'included'],
  ])
})
