import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from './generated/client'

declare global {
  var yuanfenDatabase: { url: string; client: PrismaClient } | undefined
}

const CONNECTIONS = 10

/** The database client of the application's role, connected on first use. */
export function database(): PrismaClient {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set')
  // One client a process: Next may load this module more than once, so it hangs on globalThis.
  if (globalThis.yuanfenDatabase?.url !== url) {
    const adapter = new PrismaPg({ connectionString: url, max: CONNECTIONS, idleTimeoutMillis: 30_000 })
    const client = new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 30_000 } })
    globalThis.yuanfenDatabase = { url, client }
    return client
  }
  return globalThis.yuanfenDatabase.client
}

/** Closes the connections; the next use opens new ones. */
export async function closeDatabase(): Promise<void> {
  const open = globalThis.yuanfenDatabase
  globalThis.yuanfenDatabase = undefined
  await open?.client.$disconnect()
}
