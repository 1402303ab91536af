/**
 * `npm run db:generate`, also after `npm ci`: the Prisma client from prisma/schema.prisma, offline.
 * Prisma looks for its schema engine even where it does not use it; naming any existing file keeps it from downloading.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SCHEMA_FILE } from '@/scripts/db/migrations-folder'

const root = fileURLToPath(new URL('../..', import.meta.url))
const stamp = join(root, 'lib/db/generated/.made-from')

if (!existsSync(SCHEMA_FILE)) {
  console.log('No prisma/schema.prisma yet: no client to generate.')
  process.exit(0)
}

const require = createRequire(import.meta.url)
const prismaPackage = require.resolve('prisma/package.json')
const madeFrom = createHash('sha256')
  .update(readFileSync(SCHEMA_FILE))
  .update(readFileSync(prismaPackage))
  .digest('hex')
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === madeFrom) process.exit(0)

const done = spawnSync(process.execPath, [join(dirname(prismaPackage), 'build/index.js'), 'generate', '--no-hints'], {
  cwd: root,
  encoding: 'utf8',
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  },
})
if (done.status !== 0) {
  console.error(done.stdout + done.stderr)
  process.exit(1)
}
if (existsSync(dirname(stamp))) writeFileSync(stamp, madeFrom)
console.log('Generated the Prisma client.')
