/** `npm run db:migrate`: applies what is missing to DATABASE_OWNER_URL. */
import { migrateDatabase } from '@/scripts/db/migrate'

const ownerUrl = process.env.DATABASE_OWNER_URL
if (!ownerUrl) {
  console.error(
    'DATABASE_OWNER_URL is not set: postgresql://ROLE:PASSWORD@HOST:PORT/DATABASE of the role that owns the schema.',
  )
  process.exit(1)
}

try {
  const applied = await migrateDatabase(ownerUrl)
  console.log(applied.length === 0 ? 'Nothing to apply: the schema is current.' : `Applied: ${applied.join(', ')}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
