import { PrismaPg } from '@prisma/adapter-pg'
import { closeDatabase } from '@/lib/db/client'
import { PrismaClient } from '@/lib/db/generated/client'
import { createTestDatabase, type TestDatabase } from '@/tests/setup/test-database'

/** A database of its own for one test file: the app's code uses it as the app, `db` sees and writes everything. */
export type TestWorld = {
  readonly database: TestDatabase
  /** As the superuser: for setting up and for looking at what is really there. Never what is tested. */
  readonly db: PrismaClient
  readonly close: () => Promise<void>
}

/** Instants of the factories hang on this one, so that figures and orders in tests never depend on the clock. */
export const NOW = new Date('2026-11-10T04:00:00.000Z')

/** The moment so many days before {@link NOW}. */
export function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * 86_400_000)
}

/** Clones the template and points the app's code at the clone, as the role that owns nothing. Close it in afterAll. */
export async function openTestWorld(): Promise<TestWorld> {
  const database = await createTestDatabase()
  process.env.DATABASE_URL = database.appUrl
  process.env.DATABASE_OWNER_URL = database.ownerUrl
  const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.superuserUrl, max: 4 }) })
  return {
    database,
    db,
    close: async () => {
      await closeDatabase()
      await db.$disconnect()
      await database.drop()
    },
  }
}

let counter = 0

/** A number that no other call in this process gave. */
export function nextNumber(): number {
  counter += 1
  return counter
}
