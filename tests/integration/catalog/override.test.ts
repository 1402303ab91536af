import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findCatalogLine } from '@/lib/catalog/find-catalog-line'
import { getCatalogEntry } from '@/lib/catalog/get-catalog-entry'
import { listCatalog } from '@/lib/catalog/list-catalog'
import { overrideEntry } from '@/lib/catalog/override-entry'
import { removeOverride } from '@/lib/catalog/remove-override'
import { catalogListQuery, type OverrideInput, overrideInput } from '@/lib/catalog/schema'
import { makeMember, makeUniversity, NOW, openTestWorld, type TestMember, type TestWorld } from '@/tests/factories'

let world: TestWorld
let admin: TestMember
let student: TestMember
let elsewhere: TestMember

const all = catalogListQuery.parse({})
const word: OverrideInput = overrideInput.parse({
  platform: 'github',
  owner: 'Acme-AI',
  name: 'engine',
  status: 'excluded',
  kind: 'tool',
  tier: 'emerging',
  reason: '课程作业仓库，不认定',
  acceptedBranches: 'develop, release-2.x',
  expectedVersion: '',
})
const key = { platform: 'github', owner: 'acme-ai', name: 'engine' } as const

beforeAll(async () => {
  world = await openTestWorld()
  const university = await makeUniversity(world)
  admin = await makeMember(world, university, { roles: ['admin'] })
  student = await makeMember(world, university, { roles: ['student'] })
  elsewhere = await makeMember(world, await makeUniversity(world), { roles: ['admin'] })
  const shared = (name: string | null, status = 'included') => ({
    platform: 'github',
    owner: 'Acme-AI',
    name,
    ownerKey: 'acme-ai',
    nameKey: name?.toLowerCase() ?? '',
    status,
    reason: 'seeded',
    kind: 'framework',
    landing: [{ rule: 'merged' }],
    acceptedBranches: [],
    aliasKeys: [],
  })
  await world.db.catalogEntry.createMany({ data: [shared(null), shared('engine'), shared('Zoo', 'proposed')] })
}, 60_000)

afterAll(() => world?.close())

describe("a university's own word", () => {
  test('stands in front of the shared base for its members, and for nobody else', async () => {
    await overrideEntry(admin.actor, word, { now: NOW })
    const mine = await findCatalogLine(student.actor, key)
    expect(mine).toMatchObject({
      status: 'excluded',
      tier: 'emerging',
      reason: '课程作业仓库，不认定',
      acceptedBranches: ['develop', 'release-2.x'],
      landing: ['merged'],
      own: { version: 1, sharedStatus: 'included' },
    })
    expect(await findCatalogLine(elsewhere.actor, key)).toMatchObject({ status: 'included', own: null })
  })

  test('is a conflict for the second of two who opened it together', async () => {
    await expect(overrideEntry(admin.actor, word, { now: NOW })).rejects.toMatchObject({ code: 'catalog_changed' })
    const second = { ...word, status: 'included' as const, expectedVersion: 1 }
    await overrideEntry(admin.actor, second, { now: NOW })
    await expect(overrideEntry(admin.actor, second, { now: NOW })).rejects.toMatchObject({ kind: 'conflict' })
  })

  test('is written with its audit event, or not at all', async () => {
    const events = await world.db.auditEvent.findMany({ where: { action: 'catalog.overridden' } })
    expect(events).toHaveLength(2)
    expect(events[0]).toMatchObject({ subjectId: 'github:Acme-AI/engine', actorMemberId: admin.actor.memberId })
  })

  test('is refused to a student, and cannot be taken back from elsewhere', async () => {
    await expect(overrideEntry(student.actor, word, { now: NOW })).rejects.toMatchObject({ kind: 'forbidden' })
    const taken = removeOverride(elsewhere.actor, { ...key, expectedVersion: 2 }, { now: NOW })
    await expect(taken).rejects.toMatchObject({ kind: 'conflict' })
  })

  test('can be taken back: the shared base holds again', async () => {
    await removeOverride(admin.actor, { ...key, expectedVersion: 2 }, { now: NOW })
    expect(await findCatalogLine(student.actor, key)).toMatchObject({ status: 'included', own: null })
  })

  test('on a Gitee repository that now counts starts reading it', async () => {
    const gitee = { ...word, platform: 'gitee', status: 'included' } as const
    await overrideEntry(admin.actor, gitee, { now: NOW })
    const jobs = await world.db.$queryRaw`select task_identifier, key from graphile_worker.jobs`
    const key = `sync-university-accounts:${admin.actor.universityId}:backfill`
    expect(jobs).toContainEqual({ task_identifier: 'sync-university-accounts', key })
  })
})

describe('how changes land', () => {
  const bors = { choices: ['title_prefix'], titlePrefix: '[Merged by Bors] - ', titleClosedBy: 'bors[bot]' }
  const fresh = {
    ...word,
    status: 'included',
    owner: 'new-lab',
    name: 'prover',
    expectedVersion: '',
    acceptedBranches: '',
  }
  const said = (over: object) => overrideInput.parse({ ...fresh, landing: bors, ...over })

  test('is the university’s to say where the shared base says nothing, and what is there is read anew', async () => {
    await overrideEntry(admin.actor, said({}), { now: NOW })
    const entry = await getCatalogEntry(admin.actor, { platform: 'github', owner: 'New-Lab', name: 'prover' })
    expect(entry).toMatchObject({
      line: { landing: ['title_prefix'], reason: word.reason },
      decided: { byName: admin.name, at: NOW },
      landingWord: 'university',
      repository: null,
    })
    const jobs = await world.db.$queryRaw`select key from graphile_worker.jobs where key like '%:backfill'`
    expect(jobs).toHaveLength(1)
  })

  test('is the shared base’s to say of what it has, by its line or by the one of the owner', async () => {
    await overrideEntry(admin.actor, said({ owner: 'Acme-AI', name: 'engine' }), { now: NOW })
    const line = await getCatalogEntry(admin.actor, key)
    expect(line).toMatchObject({
      landingWord: 'shared',
      landingRules: [{ rule: 'merged' }],
      line: { landing: ['merged'] },
    })
    await overrideEntry(admin.actor, said({ owner: 'Acme-AI', name: 'other' }), { now: NOW })
    const other = await getCatalogEntry(admin.actor, { ...key, name: 'other' })
    expect(other).toMatchObject({ landingWord: 'shared_owner', line: { landing: ['merged'] } })
    for (const name of ['engine', 'other'])
      await removeOverride(admin.actor, { ...key, name, expectedVersion: 1 }, { now: NOW })
  })

  test('is found by the list', async () => {
    const found = await listCatalog(student.actor, { ...all, landing: 'title_prefix' })
    expect(found.lines.map(({ name }) => name)).toEqual(['prover'])
    await removeOverride(
      admin.actor,
      { platform: 'github', owner: 'new-lab', name: 'prover', expectedVersion: 1 },
      { now: NOW },
    )
  })

  test('names the field that is wrong', () => {
    const wrong = overrideInput.safeParse({ ...fresh, landing: { ...bors, titleClosedBy: '' } })
    expect(wrong.error?.issues).toMatchObject([
      { path: ['landing', 'titleClosedBy'], message: 'landing_account_missing' },
    ])
  })
})

describe('the list', () => {
  test('goes on where the page ended, and finds parts of a name with any sign in it', async () => {
    const many = Array.from({ length: 60 }, (_, index) => `bulk_${String(index).padStart(2, '0')}`)
    await world.db.catalogEntry.createMany({
      data: many.map((name) => ({
        platform: 'gitee',
        owner: 'bulk',
        name,
        ownerKey: 'bulk',
        nameKey: name,
        status: 'included',
        kind: 'tool',
        landing: [{ rule: 'merged' }],
        acceptedBranches: [],
        aliasKeys: [],
      })),
    })
    const asked = { ...all, search: 'bulk_' }
    const first = await listCatalog(student.actor, asked)
    expect(first.lines.map(({ name }) => name)).toEqual(many.slice(0, 50))
    const second = await listCatalog(student.actor, { ...asked, cursor: first.nextCursor })
    expect(second.lines.map(({ name }) => name)).toEqual(many.slice(50))
    expect(second.nextCursor).toBeNull()
    // `_` and `%` are signs, not wildcards
    expect((await listCatalog(student.actor, { ...all, search: 'bulk%' })).lines).toEqual([])
  })

  test('filters by status and by own word', async () => {
    const proposed = await listCatalog(student.actor, { ...all, status: 'proposed' })
    expect(proposed.lines.map(({ name }) => name)).toEqual(['Zoo'])
    const own = await listCatalog(student.actor, { ...all, ownOnly: true })
    expect(own.lines.map(({ platform }) => platform)).toEqual(['gitee'])
    await expect(listCatalog(student.actor, { ...all, cursor: 'x' })).rejects.toMatchObject({ code: 'bad_cursor' })
  })
})
