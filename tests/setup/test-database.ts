import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { APP_ROLE, dropDatabase, ensureDatabase, OWNER_ROLE } from '@/scripts/postgres/roles'
import { type TestServer, urlOf } from '@/tests/setup/database-server'

/** A database of one test's own, with every migration and no rows but those that migrations write. */
export interface TestDatabase {
  readonly name: string
  /** As the web app signs in: owns nothing, bound by row-level security. */
  readonly appUrl: string
  /** As the owner of the schema: migrations, queue runner. */
  readonly ownerUrl: string
  /** Sees everything: for looking at what is really there. */
  readonly superuserUrl: string
  readonly drop: () => Promise<void>
}

const testServer = z.object({ superuserUrl: z.string(), rolePassword: z.string(), template: z.string() })

/** Where test processes ask for the server of their run; set by the runner's global setup. */
export const BROKER_VARIABLE = 'YUANFEN_TEST_SERVER'

/** Clones the migrated template: about 50 ms. The caller drops it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = await findServer()
  const name = `test_${randomUUID().replaceAll('-', '').slice(0, 20)}`
  await ensureDatabase(server.superuserUrl, name, server.template)
  return {
    name,
    appUrl: urlOf(server, name, APP_ROLE),
    ownerUrl: urlOf(server, name, OWNER_ROLE),
    superuserUrl: urlOf(server, name),
    drop: () => dropDatabase(server.superuserUrl, name),
  }
}

let asking: Promise<TestServer> | undefined

function findServer(): Promise<TestServer> {
  asking ??= ask()
  return asking
}

async function ask(): Promise<TestServer> {
  const address = process.env[BROKER_VARIABLE]
  if (!address) throw new Error('No test server is offered: run through vitest, playwright or `npm run bench`.')
  const response = await fetch(address)
  if (!response.ok) throw new Error(`The test database did not start: ${await response.text()}`)
  return testServer.parse(await response.json())
}
