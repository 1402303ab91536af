import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const demoSecrets = z.object({
  superuserPassword: z.string(),
  ownerPassword: z.string(),
  appPassword: z.string(),
  authSecret: z.string(),
  sealingKeys: z.string(),
  ledgerSigningKey: z.string(),
  /** Of the sandbox's GitHub App: kept, so that a restarted sandbox still knows what the seed has sealed. */
  githubAppKey: z.string().default(makeAppKey),
  /** Kept, so that a second terminal reaches the same database after a restart. */
  databasePort: z.number().int().nullable(),
})

export type DemoSecrets = z.infer<typeof demoSecrets>

/** Made at the first start, kept in DATA_DIR for its owner's eyes only, and never the same on two machines. */
export function loadDemoSecrets(dataDir: string): DemoSecrets {
  const file = fileOf(dataDir)
  if (existsSync(file)) return demoSecrets.parse(JSON.parse(readFileSync(file, 'utf8')))
  const made = makeDemoSecrets()
  saveDemoSecrets(dataDir, made)
  return made
}

export function saveDemoSecrets(dataDir: string, secrets: DemoSecrets): void {
  mkdirSync(dataDir, { recursive: true })
  const half = `${fileOf(dataDir)}.${process.pid}`
  writeFileSync(half, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  renameSync(half, fileOf(dataDir))
}

export function makeDemoSecrets(): DemoSecrets {
  return {
    superuserPassword: randomBytes(24).toString('base64url'),
    ownerPassword: randomBytes(24).toString('base64url'),
    appPassword: randomBytes(24).toString('base64url'),
    authSecret: randomBytes(48).toString('base64url'),
    sealingKeys: `demo:${randomBytes(32).toString('base64')}`,
    ledgerSigningKey: makeSigningKey(),
    githubAppKey: makeAppKey(),
    databasePort: null,
  }
}

/** A new private Ed25519 key as JSON Web Key, named by its day. */
export function makeSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  const kid = `ledger-${new Date().toISOString().slice(0, 10)}-${randomBytes(3).toString('hex')}`
  return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid })
}

function makeAppKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'secrets.json')
}
