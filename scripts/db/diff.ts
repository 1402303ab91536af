/**
 * `npm run db:diff -- NAME`: writes the migration that leads from the newest one to prisma/schema.prisma.
 * `npm run db:diff` alone prints it.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MIGRATIONS_FOLDER } from '@/scripts/db/migrations-folder'
import { findSchemaDifference } from '@/scripts/db/schema-difference'

const name = process.argv[2]
if (name !== undefined && !/^[a-z0-9][a-z0-9_-]*$/.test(name)) {
  console.error('Say what the migration does in small letters: npm run db:diff -- add_report_filings')
  process.exit(1)
}

const sql = await findSchemaDifference()
if (sql === null) console.log('The schema and the migrations agree.')
else if (name === undefined) console.log(sql)
else write(sql, name)

function write(script: string, slug: string) {
  const time = new Date().toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)
  const target = join(MIGRATIONS_FOLDER, `${time}_${slug}`)
  mkdirSync(target, { recursive: true })
  writeFileSync(join(target, 'migration.sql'), script)
  console.log(`Wrote ${join(target, 'migration.sql')}\nAdd what the schema cannot say: policies, grants, triggers.`)
}
