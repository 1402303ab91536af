import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explainMissing } from '@/lib/contributions/explain-missing'
import { listCatalogEntriesFor, listIncludedEntries } from '@/lib/db/catalog-entries'
import { withScope } from '@/lib/db/scope'
import { type CatalogSubject, resolveCatalog } from '@/lib/domain/catalog'
import { byPlatform, type Platform } from '@/lib/domain/platform'
import { readCatalog, readCatalogHomes, seedCatalog } from '@/prisma/seed/catalog'
import { makeMember, makeUniversity, NOW, openTestWorld, type TestMember, type TestWorld } from '@/tests/factories'

let world: TestWorld
let client: pg.Client
let student: TestMember
let strict: TestMember

beforeAll(async () => {
  world = await openTestWorld()
  client = new pg.Client({ connectionString: world.database.superuserUrl })
  await client.connect()
  await seedCatalog(client)
  student = await makeMember(world, await makeUniversity(world))
  strict = await makeMember(world, await makeUniversity(world))
  // The other university takes the project out, by the place it knows it by.
  await world.db.universityCatalogEntry.create({
    data: {
      universityId: strict.actor.universityId,
      platform: 'gitee',
      owner: 'ascend',
      name: 'MindSpeed',
      ownerKey: 'ascend',
      nameKey: 'mindspeed',
      status: 'excluded',
      reason: '本校不认定',
      kind: 'training',
      landing: [{ rule: 'merged' }],
      acceptedBranches: [],
    },
  })
}, 60_000)
afterAll(async () => {
  await client?.end()
  await world?.close()
})

function resolveAt(platform: Platform, fullName: string, member = student) {
  const subject: CatalogSubject = {
    platform,
    platformRepositoryId: '1',
    fullName,
    ownerPlatformUserId: null,
    fork: false,
    archived: false,
  }
  return withScope(member.actor, async (tx) => resolveCatalog(subject, await listCatalogEntriesFor(tx, [subject])))
}

describe('a project with several places', () => {
  test('is one entry, seeded once, its mirrors no entries of their own; seeding again changes nothing', async () => {
    const places = new Set(
      readCatalog().map(({ platform, owner, name }) => `${platform}:${owner}/${name}`.toLowerCase()),
    )
    for (const { platform, owner, name, home } of readCatalogHomes()) {
      expect(places, `${owner}/${name}`).toContain(`${platform}:${owner}/${name}`.toLowerCase())
      expect(places, `${home.owner}/${home.name}`).not.toContain(
        `${home.platform}:${home.owner}/${home.name}`.toLowerCase(),
      )
    }
    const before = await world.db.catalogEntry.count()
    await seedCatalog(client)
    expect(await world.db.catalogEntry.count()).toBe(before)
    const entry = await world.db.catalogEntry.findFirstOrThrow({ where: { platform: 'gitee', nameKey: 'mindspeed' } })
    expect(entry.homes).toEqual(
      expect.arrayContaining([expect.objectContaining({ since: '2025-09-15', role: 'home' })]),
    )
  })

  test('a mirror that was an entry before the project had homes joins it, unless somebody wrote on it', async () => {
    const mirror = (name: string, version: number) => ({
      platform: 'github',
      owner: 'mindspore-ai',
      name,
      ownerKey: 'mindspore-ai',
      nameKey: name,
      status: 'included',
      reason: 'seeded',
      kind: 'framework',
      landing: [{ rule: 'none' }],
      acceptedBranches: [],
      version,
    })
    await world.db.catalogEntry.createMany({ data: [mirror('mindspore', 1), mirror('models', 2)] })
    await seedCatalog(client)
    const left = await world.db.catalogEntry.findMany({
      where: { ownerKey: 'mindspore-ai', nameKey: { in: ['mindspore', 'models'] } },
    })
    expect(left.map(({ nameKey }) => nameKey)).toEqual(['models'])
  })

  test.each([
    ['gitee', 'ascend/MindSpeed', 'merged'],
    ['gitcode', 'Ascend/MindSpeed', 'merged'],
    ['github', 'Ascend/MindSpeed', 'none'],
    ['gitcode', 'Ascend/never-heard-of', 'merged'],
    ['github', 'mindspore-lab/mindformers', 'none'],
    ['github', 'mindspore-lab/mindnlp', 'merged'],
  ] as const)('%s %s is in the catalog, and lands by %s', async (platform, fullName, rule) => {
    const found = await resolveAt(platform, fullName)
    expect(found.status).toBe('included')
    expect(found.landing.map((one) => one.rule)).toEqual([rule])
  })

  test('has the tier of its entry at every place', async () => {
    const tiers = await Promise.all([resolveAt('gitee', 'ascend/pytorch'), resolveAt('gitcode', 'Ascend/pytorch')])
    expect(tiers.map(({ tier }) => tier)).toEqual(['flagship', 'flagship'])
  })

  test('a university’s word about one place holds at all, for that university alone', async () => {
    for (const [platform, fullName] of [
      ['gitee', 'ascend/MindSpeed'],
      ['gitcode', 'Ascend/MindSpeed'],
      ['github', 'Ascend/MindSpeed'],
    ] as const) {
      expect((await resolveAt(platform, fullName, strict)).status).toBe('excluded')
      expect((await resolveAt(platform, fullName)).status).toBe('included')
    }
    expect((await resolveAt('gitcode', 'Ascend/pytorch', strict)).status).toBe('included')
  })

  test('is read at its homes, never at a mirror', async () => {
    const at = async (platform: Platform, member: TestMember) => {
      const entries = await withScope(member.actor, (tx) => listIncludedEntries(tx, platform))
      return entries.map(({ owner, name }) => `${owner}/${name ?? '*'}`)
    }
    expect(await at('gitcode', student)).toEqual(
      expect.arrayContaining(['Ascend/*', 'Ascend/MindSpeed', 'mindspore/mindformers']),
    )
    expect(await at('gitee', student)).toContain('ascend/MindSpeed')
    expect(await at('github', student)).not.toContain('mindspore-ai/mindspore')
    expect(await at('gitcode', strict)).not.toContain('Ascend/MindSpeed')
  })

  test('answers “why isn’t it here” about any place as about the project', async () => {
    const nothing = async () => ({ found: false, platformFailure: null }) as const
    const deps = { now: NOW, lookUp: nothing, baseUrls: byPlatform((platform) => [`https://${platform}.example`]) }
    const ask = async (member: TestMember, address: string) => {
      const { reasons } = await explainMissing(member.actor, { address }, deps)
      return reasons.map(({ code }) => code)
    }
    const address = 'https://gitcode.example/Ascend/MindSpeed/pull/7'
    expect(await ask(student, address)).toEqual(['not_on_platform', 'no_linked_account'])
    expect(await ask(strict, address)).toContain('excluded_repository')
  })
})
