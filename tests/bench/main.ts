/** `npm run bench -- NAME [--json]`: runs tests/bench/NAME.ts. With --json only the last line is for machines. */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { offerTestServer } from '@/tests/setup/database-server'
import { BROKER_VARIABLE } from '@/tests/setup/test-database'

const [name, ...args] = process.argv.slice(2)
const names = readdirSync(fileURLToPath(new URL('.', import.meta.url)))
  .filter((file) => file.endsWith('.ts') && file !== 'main.ts')
  .map((file) => file.slice(0, -3))

if (name === undefined || !names.includes(name)) {
  console.error(`Say which: npm run -s bench -- ${names.join(' | ') || '(there is none yet)'} [--json]`)
  process.exit(1)
}

const offer = await offerTestServer()
process.env[BROKER_VARIABLE] = offer.address
try {
  const module: Record<string, unknown> = await import(new URL(`./${name}.ts`, import.meta.url).href)
  if (typeof module.default !== 'function') throw new Error(`tests/bench/${name}.ts has no default function to run`)
  await module.default(args)
} finally {
  await offer.close()
}
process.exit(process.exitCode ?? 0)
