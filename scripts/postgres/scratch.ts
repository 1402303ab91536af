import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateDatabase } from '@/scripts/db/migrate'
import { APP_ROLE, ensureDatabase, ensureRoles, OWNER_ROLE } from '@/scripts/postgres/roles'
import { databaseUrl, findFreePort, type PostgresServer, startPostgres } from '@/scripts/postgres/server'
import { deleteFolderAtEnd } from '@/scripts/process/watcher'

const PASSWORD = 'scratch'

/** A throw-away server in the temporary folder, with both roles. `remove` ends it and deletes everything. */
export interface ScratchServer {
  readonly server: PostgresServer
  readonly superuserUrl: (database?: string) => string
  readonly ownerUrl: (database: string) => string
  readonly appUrl: (database: string) => string
  readonly remove: () => Promise<void>
}

export async function startScratchServer(settings: Readonly<Record<string, string>> = {}): Promise<ScratchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'yuanfen-pg-'))
  chmodSync(folder, 0o711)
  const server = await startPostgres({
    dataDir: join(folder, 'postgres'),
    port: await findFreePort(),
    superuserPassword: PASSWORD,
    durable: false,
    logFile: join(folder, 'postgres.log'),
    settings,
  })
  for (const path of [server.dataDir, folder]) deleteFolderAtEnd(path)
  await ensureRoles(server.superuserUrl(), { ownerPassword: PASSWORD, appPassword: PASSWORD })
  const urlAs = (user: string) => (database: string) =>
    databaseUrl({ user, password: PASSWORD, port: server.port, database })
  return {
    server,
    superuserUrl: server.superuserUrl,
    ownerUrl: urlAs(OWNER_ROLE),
    appUrl: urlAs(APP_ROLE),
    remove: async () => {
      await server.stop()
      for (const path of [server.dataDir, folder]) rmSync(path, { recursive: true, force: true })
    },
  }
}

/** Makes a database on a scratch server and brings it to the newest schema. */
export async function createMigratedDatabase(scratch: ScratchServer, name: string): Promise<void> {
  await ensureDatabase(scratch.superuserUrl(), name)
  await migrateDatabase(scratch.ownerUrl(name))
}
