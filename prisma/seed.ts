/**
 * What a new deployment starts with, as the owner of the schema; safe to repeat. The shared catalog always; with
 * SANDBOX_URL, as `npm run demo` sets it, the demo's two universities too. Real universities come by `npm run cli`.
 */
import pg from 'pg'
import { ownerDatabaseUrl } from '@/lib/config/env'
import { seedCatalog } from './seed/catalog'
import { seedDemo } from './seed/demo'

const client = new pg.Client({ connectionString: ownerDatabaseUrl() })
await client.connect()
try {
  await client.query('begin')
  await seedCatalog(client)
  if (process.env.SANDBOX_URL) await seedDemo(client, process.env.SANDBOX_URL)
  await client.query('commit')
} catch (error) {
  await client.query('rollback')
  throw error
} finally {
  await client.end()
}
