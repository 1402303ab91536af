import { readFileSync } from 'node:fs'
import { PRISMA_FOLDER, SCHEMA_FILE } from '@/scripts/db/migrations-folder'
import { withEngine } from '@/scripts/db/schema-engine'
import { createMigratedDatabase, startScratchServer } from '@/scripts/postgres/scratch'

/** The SQL that leads from all migrations to prisma/schema.prisma; null when the two agree. */
export async function findSchemaDifference(): Promise<string | null> {
  const scratch = await startScratchServer()
  try {
    await createMigratedDatabase(scratch, 'scratch')
    return await differenceOf(scratch.ownerUrl('scratch'))
  } finally {
    await scratch.remove()
  }
}

/** The same against a database that has every migration already. */
export async function differenceOf(url: string): Promise<string | null> {
  const schema = { path: SCHEMA_FILE, content: readFileSync(SCHEMA_FILE, 'utf8') }
  const { stdout } = await withEngine(url, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files: [schema], configDir: PRISMA_FOLDER },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    }),
  )
  const sql = stdout ?? ''
  return sql.trim() === '' || sql.includes('This is an empty migration') ? null : sql
}
