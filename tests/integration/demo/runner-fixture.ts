/** A small demo for the tests: a database and a part, as named by the arguments; prints their pids when both run. */
import { join } from 'node:path'
import { recordParts, takeLock } from '@/sandbox/demo/lock'
import { startPart } from '@/sandbox/demo/part'
import { findFreePort, startPostgres } from '@/scripts/postgres/server'

const dataDir = process.argv[2] ?? ''
await takeLock(dataDir, process.cwd())
const server = await startPostgres({
  dataDir: join(dataDir, 'postgres'),
  port: await findFreePort(),
  superuserPassword: 'fixture',
  durable: true,
  logFile: join(dataDir, 'logs/postgres.log'),
})
const part = startPart({
  root: process.cwd(),
  // It ends on SIGTERM only after a moment, and would otherwise run for ever.
  args: ['-e', `setInterval(() => {}, 1000); process.on('SIGTERM', () => setTimeout(() => process.exit(0), 100))`],
  env: process.env,
  logFile: join(dataDir, 'logs/part.log'),
})
recordParts(dataDir, { database: server.pid, part: part.pid })
console.log(JSON.stringify({ database: server.pid, part: part.pid, url: server.superuserUrl() }))
