import { createServer, type Server } from 'node:http'
import { migrateDatabase } from '@/scripts/db/migrate'
import { type APP_ROLE, ensureDatabase, ensureRoles, OWNER_ROLE } from '@/scripts/postgres/roles'
import { createMigratedDatabase, startScratchServer } from '@/scripts/postgres/scratch'

/** What a test process needs to make databases; `template` has every migration. */
export interface TestServer {
  readonly superuserUrl: string
  readonly rolePassword: string
  readonly template: string
}

export interface RunningTestServer extends TestServer {
  readonly stop: () => Promise<void>
}

const TEMPLATE = 'yuanfen_template'
const PASSWORD = 'scratch'

/** The server of a test run: embedded and thrown away, or the one whose superuser TEST_DATABASE_URL names. */
export async function startTestServer(): Promise<RunningTestServer> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return prepareGivenServer(given)
  const scratch = await startScratchServer()
  await createMigratedDatabase(scratch, TEMPLATE)
  return { superuserUrl: scratch.superuserUrl(), rolePassword: PASSWORD, template: TEMPLATE, stop: scratch.remove }
}

/**
 * Offers the server of this run to the test processes, on loopback, and starts it when the first one asks: a run
 * without a database test does not pay for it.
 */
export async function offerTestServer(): Promise<{ address: string; close: () => Promise<void> }> {
  let starting: Promise<RunningTestServer> | undefined
  const broker = createServer(async (_request, response) => {
    starting ??= startTestServer()
    try {
      const { stop: _, ...server } = await starting
      response.end(JSON.stringify(server))
    } catch (error) {
      response.statusCode = 500
      response.end(error instanceof Error ? error.message : String(error))
    }
  })
  const address = await listen(broker)
  return {
    address,
    close: async () => {
      broker.closeAllConnections()
      broker.close()
      await starting?.then((server) => server.stop()).catch(() => {})
    },
  }
}

async function prepareGivenServer(superuserUrl: string): Promise<RunningTestServer> {
  const template = `yuanfen_template_${process.pid}`
  await ensureRoles(superuserUrl, { ownerPassword: PASSWORD, appPassword: PASSWORD })
  await ensureDatabase(superuserUrl, template)
  await migrateDatabase(urlOf({ superuserUrl, rolePassword: PASSWORD, template }, template, OWNER_ROLE))
  return { superuserUrl, rolePassword: PASSWORD, template, stop: async () => {} }
}

/** The address of a database of the test server, as a role or, without one, as the superuser. */
export function urlOf(server: TestServer, database: string, role?: typeof OWNER_ROLE | typeof APP_ROLE): string {
  const url = new URL(server.superuserUrl)
  url.pathname = `/${database}`
  if (role) {
    url.username = role
    url.password = server.rolePassword
  }
  return url.href
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`)
    })
  })
}
