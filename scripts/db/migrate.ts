import { Logger, runMigrations as migrateQueue } from 'graphile-worker'
import { readMigrations } from '@/scripts/db/migrations-folder'
import { withEngine } from '@/scripts/db/schema-engine'

const NO_FILTER = { externalTables: [], externalEnums: [] }

/**
 * Brings a database to the newest schema: first the queue's own tables (our functions call it), then ours.
 * @param ownerUrl connection of the role that owns the schema
 * @returns names of the migrations applied now; empty when there was nothing to do
 */
export async function migrateDatabase(ownerUrl: string): Promise<string[]> {
  await migrateQueue({ connectionString: ownerUrl, logger: new Logger(() => () => {}) })
  const migrationsList = readMigrations()
  if (migrationsList.migrationDirectories.length === 0) return []
  try {
    const applied = await withEngine(ownerUrl, (engine) =>
      engine.applyMigrations({ migrationsList, filters: NO_FILTER }),
    )
    return applied.appliedMigrationNames
  } catch (error) {
    throw new Error(`A migration failed: ${readable(error)}`, { cause: error })
  }
}

/** The engine throws plain objects with the words in `message`; they name the migration and PostgreSQL's reason. */
function readable(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message)
  return String(error)
}
