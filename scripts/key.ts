/** `npm run -s key -- ledger | sealing | auth`: a new secret for one variable of .env, on standard output. */
import { randomBytes } from 'node:crypto'
import { makeSigningKey } from '@/scripts/demo/secrets'

const makers: Record<string, () => string> = {
  ledger: makeSigningKey,
  sealing: () => `${new Date().toISOString().slice(0, 10)}:${randomBytes(32).toString('base64')}`,
  auth: () => randomBytes(48).toString('base64url'),
}

const make = makers[process.argv[2] ?? '']
if (!make) {
  console.error('Say which: npm run -s key -- ledger | sealing | auth')
  process.exit(1)
}
console.log(make())
