import { join } from 'node:path'
import { DEMO_DATABASE } from '@/sandbox/demo/environment'
import { type Running, whenExited } from '@/sandbox/demo/part'
import { isPortFree } from '@/sandbox/demo/ports'
import { migrateDatabase } from '@/scripts/db/migrate'
import { type DemoSecrets, saveDemoSecrets } from '@/scripts/demo/secrets'
import { ensureDatabase, ensureRoles, OWNER_ROLE } from '@/scripts/postgres/roles'
import { databaseUrl, findFreePort, startPostgres } from '@/scripts/postgres/server'

export interface DatabaseOptions {
  readonly dataDir: string
  readonly secrets: DemoSecrets
  /** False for throw-away data only. */
  readonly durable: boolean
}

/** The port of last time, while nobody else has taken it. */
export async function chooseDatabasePort({ dataDir, secrets }: DatabaseOptions): Promise<number> {
  if (secrets.databasePort !== null && (await isPortFree(secrets.databasePort))) return secrets.databasePort
  const port = await findFreePort()
  saveDemoSecrets(dataDir, { ...secrets, databasePort: port })
  return port
}

/** Starts the embedded server on `port` and waits until it answers. */
export async function startDatabase(options: DatabaseOptions, port: number): Promise<Running> {
  const server = await startPostgres({
    dataDir: join(options.dataDir, 'postgres'),
    port,
    superuserPassword: options.secrets.superuserPassword,
    durable: options.durable,
    logFile: join(options.dataDir, 'logs/postgres.log'),
  })
  return { pid: server.pid, exited: whenExited(server.process), stop: server.stop }
}

/** Roles, database, newest schema. @returns migrations applied now */
export async function prepareDatabase({ secrets }: DatabaseOptions, port: number): Promise<string[]> {
  const superuserUrl = databaseUrl({
    user: 'postgres',
    password: secrets.superuserPassword,
    port,
    database: 'postgres',
  })
  await ensureRoles(superuserUrl, secrets)
  await ensureDatabase(superuserUrl, DEMO_DATABASE)
  return migrateDatabase(
    databaseUrl({ user: OWNER_ROLE, password: secrets.ownerPassword, port, database: DEMO_DATABASE }),
  )
}
