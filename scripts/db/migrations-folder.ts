import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MigrationList } from '@prisma/schema-engine-wasm'

export const PRISMA_FOLDER = fileURLToPath(new URL('../../prisma', import.meta.url))
export const MIGRATIONS_FOLDER = join(PRISMA_FOLDER, 'migrations')
export const SCHEMA_FILE = join(PRISMA_FOLDER, 'schema.prisma')

/** The migrations on disk, in their order, in the shape the schema engine reads. */
export function readMigrations(): MigrationList {
  const lockfile = join(MIGRATIONS_FOLDER, 'migration_lock.toml')
  return {
    baseDir: MIGRATIONS_FOLDER,
    lockfile: { path: 'migration_lock.toml', content: existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories: listMigrationNames().map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(MIGRATIONS_FOLDER, path, 'migration.sql'), 'utf8') },
      },
    })),
  }
}

/** Names of the migration folders, oldest first. */
export function listMigrationNames(): string[] {
  if (!existsSync(MIGRATIONS_FOLDER)) return []
  return readdirSync(MIGRATIONS_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(MIGRATIONS_FOLDER, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort()
}
