import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeDatabase } from '@/lib/db/client'
import { getHealth } from '@/lib/health/get-health'
import { createTestDatabase, type TestDatabase } from '@/tests/setup/test-database'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  process.env.DATABASE_URL = database.appUrl
}, 60_000)

afterAll(async () => {
  await closeDatabase()
  await database?.drop()
})

async function asOwner(sql: string) {
  const client = new pg.Client({ connectionString: database.superuserUrl })
  await client.connect()
  await client.query(sql)
  await client.end()
}

test('without a worker it is unwell; with one that lives it is well', async () => {
  expect(await getHealth()).toMatchObject({ status: 'unwell', database: { ok: true }, queue: { ok: false, due: 0 } })
  await asOwner(`insert into worker_heartbeat values ('one', now(), now())`)
  expect(await getHealth()).toMatchObject({ status: 'ok', migrations: { ok: true, missing: [] }, queue: { ok: true } })
})

test('a migration that failed half-way is unwell, by name', async () => {
  await asOwner(`update _prisma_migrations set finished_at = null where migration_name like '%_walls'`)
  const health = await getHealth()
  expect(health.status).toBe('unwell')
  expect(health.migrations.missing).toEqual([expect.stringMatching(/_walls$/)])
})

test('a database that is not there is unwell, and no address gets out', async () => {
  await closeDatabase()
  process.env.DATABASE_URL = database.appUrl.replace(database.name, 'not_there')
  const health = await getHealth()
  expect(health).toMatchObject({ status: 'unwell', database: { ok: false } })
  expect(JSON.stringify(health)).not.toMatch(/not_there|127\.0\.0\.1|yuanfen_app/)
})
