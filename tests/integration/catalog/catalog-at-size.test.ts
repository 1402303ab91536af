import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { findCatalogLine } from '@/lib/catalog/find-catalog-line'
import { listCatalog } from '@/lib/catalog/list-catalog'
import { type CatalogListQuery, catalogListQuery } from '@/lib/catalog/schema'
import { makeMember, makeUniversity, openTestWorld, type TestMember, type TestWorld } from '@/tests/factories'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

/** Forty times what the seed has, and a university that says its word on many of them. */
const ENTRIES = 30_000
const OWN = 1_000

let world: TestWorld
let admin: TestMember
let asApp: pg.Client

beforeAll(async () => {
  world = await openTestWorld()
  const university = await makeUniversity(world)
  admin = await makeMember(world, university, { roles: ['admin'] })
  await world.db.$executeRaw`
    insert into catalog_entry (id, platform, owner, name, owner_key, name_key, status, kind, tier, landing, accepted_branches)
    select gen_random_uuid(), case when n % 3 = 0 then 'gitee' else 'github' end, 'lab-' || n % 700, 'model-' || n,
           'lab-' || n % 700, 'model-' || n, case when n % 500 = 0 then 'excluded' else 'included' end,
           case when n % 400 = 0 then 'dataset' else 'tool' end, case when n % 600 = 0 then 'flagship' else 'standard' end,
           case when n % 1000 = 0 then '[{"rule": "none"}]'::jsonb else '[{"rule": "merged"}]'::jsonb end, '{}'
      from generate_series(1, ${ENTRIES}::int) n`
  await world.db.$executeRaw`
    insert into university_catalog_entry (university_id, id, platform, owner, name, owner_key, name_key, status, reason,
                                          kind, tier, landing, accepted_branches)
    select ${university.universityId}::uuid, gen_random_uuid(), platform, owner, name, owner_key, name_key, 'excluded',
           'not ours', kind, tier, landing, '{}' from catalog_entry order by md5(name_key) limit ${OWN}::int`
  await world.db.$executeRawUnsafe('vacuum analyze')
  asApp = new pg.Client({ connectionString: world.database.appUrl })
  await asApp.connect()
})
afterAll(async () => {
  await asApp?.end()
  await world?.close()
})

type Asked = { text: string; values: unknown[] }
type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows'?: number
  'Actual Loops'?: number
  Plans?: Plan[]
}

async function statementsOf(act: () => Promise<unknown>): Promise<Asked[]> {
  await act()
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await act()
    return spy.mock.calls.flatMap(([query]) => {
      const asked = z.object({ text: z.string(), values: z.array(z.unknown()).default([]) }).safeParse(query)
      return asked.success && !/^(BEGIN|COMMIT|select\s+set_config)/i.test(asked.data.text) ? [asked.data] : []
    })
  } finally {
    spy.mockRestore()
  }
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

async function planOf({ text, values }: Asked): Promise<Plan[]> {
  await asApp.query('begin')
  await asApp.query(`select set_config('app.university', $1, true)`, [admin.universityId])
  const { rows } = await asApp.query({ text: `explain (analyze, format json) ${text}`, values })
  await asApp.query('rollback')
  return nodesOf(rows[0]['QUERY PLAN'][0].Plan)
}

const query = (over: Partial<CatalogListQuery>) => catalogListQuery.parse(over)
const list = (over: Partial<CatalogListQuery>) => () => listCatalog(admin.actor, query(over))

test.each<[string, number, () => Promise<unknown>]>([
  ['the beginning', 60, list({})],
  ['one platform', 60, list({ platform: 'gitee' })],
  ['what is excluded', 130, list({ status: 'excluded' })],
  ['a kind', 110, list({ kind: 'dataset' })],
  ['a tier', 110, list({ tier: 'flagship' })],
  ['a landing rule', 110, list({ landing: 'none' })],
  ['our own words', 60, list({ ownOnly: true })],
  ['a part of a name', 110, list({ search: 'odel-2999' })],
  ['one line', 2, () => findCatalogLine(admin.actor, { platform: 'github', owner: 'lab-100', name: 'model-100' })],
])('%s: one statement, and of the shared base no more than %i lines are read', async (_what, atMost, act) => {
  const statements = await statementsOf(act)
  expect(statements).toHaveLength(1)
  for (const statement of statements) {
    const read = (await planOf(statement)).filter((node) => node['Relation Name'] === 'catalog_entry')
    expect(read.map((node) => node['Node Type'])).not.toContain('Seq Scan')
    for (const node of read) expect((node['Actual Rows'] ?? 0) * (node['Actual Loops'] ?? 1)).toBeLessThanOrEqual(1100)
    const walked = read.filter((node) => (node['Actual Loops'] ?? 1) === 1)
    for (const node of walked) expect(node['Actual Rows']).toBeLessThanOrEqual(Math.max(atMost, 1))
  }
})

test('pages join without a gap and without a line twice, however own and shared lines mix', async () => {
  const seen: string[] = []
  let cursor: string | null = null
  for (let page = 0; page < 30; page += 1) {
    const { lines, nextCursor } = await listCatalog(admin.actor, query({ search: 'lab-1', platform: 'github', cursor }))
    seen.push(...lines.map(({ owner, name }) => `${owner}/${name}`))
    cursor = nextCursor
    if (cursor === null) break
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.length).toBe(30 * 50)
  expect(seen).toEqual([...seen].sort((a, b) => (a < b ? -1 : 1)))
})
