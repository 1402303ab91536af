import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listMigrationNames } from '@/scripts/db/migrations-folder'
import { createTestDatabase, type TestDatabase } from '@/tests/setup/test-database'

let one: TestDatabase
let other: TestDatabase

beforeAll(async () => {
  one = await createTestDatabase()
  other = await createTestDatabase()
}, 60_000)

afterAll(() => Promise.all([one?.drop(), other?.drop()]))

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('has every migration, in the table that prisma migrate deploy reads', async () => {
  const rows = await ask(
    one.ownerUrl,
    'select migration_name as name from _prisma_migrations where finished_at is not null order by migration_name',
  )
  expect(rows).toEqual(listMigrationNames().map((name) => ({ name })))
})

test('one test does not see what another wrote', async () => {
  await ask(one.ownerUrl, 'create table only_here (id int)')
  expect(await ask(one.ownerUrl, `select to_regclass('only_here') is null as missing`)).toEqual([{ missing: false }])
  expect(await ask(other.ownerUrl, `select to_regclass('only_here') is null as missing`)).toEqual([{ missing: true }])
})

test('the app signs in as a role that owns nothing and is bound by row-level security', async () => {
  const rows = await ask(
    one.appUrl,
    `select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,
            exists (select 1 from pg_class where relowner = r.oid) as owns
       from pg_roles r where rolname = current_user`,
  )
  expect(rows).toEqual([
    { rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false, owns: false },
  ])
})
