import { platformEnvironment } from '@/sandbox/platform-environment'
import type { DemoSecrets } from '@/scripts/demo/secrets'
import { APP_ROLE, OWNER_ROLE } from '@/scripts/postgres/roles'
import { databaseUrl } from '@/scripts/postgres/server'

export const DEMO_DATABASE = 'yuanfen'

export interface Places {
  readonly port: number
  readonly sandboxPort: number
  readonly databasePort: number
}

/** The app is "localhost" and the sandbox "127.0.0.1": two sites to a browser, as in real use, with cookies apart. */
export function addressesOf(places: Pick<Places, 'port' | 'sandboxPort'>) {
  return { app: `http://localhost:${places.port}`, sandbox: `http://127.0.0.1:${places.sandboxPort}` }
}

/** What the app and the worker would find in .env: addresses and credentials of the sandbox instead of the real ones. */
export function demoEnvironment(secrets: DemoSecrets, places: Places): Record<string, string> {
  const { app, sandbox } = addressesOf(places)
  const database = { port: places.databasePort, database: DEMO_DATABASE }
  return {
    DATABASE_URL: databaseUrl({ ...database, user: APP_ROLE, password: secrets.appPassword }),
    DATABASE_OWNER_URL: databaseUrl({ ...database, user: OWNER_ROLE, password: secrets.ownerPassword }),
    PORT: String(places.port),
    SANDBOX_PORT: String(places.sandboxPort),
    APP_URL: app,
    AUTH_SECRET: secrets.authSecret,
    SEALING_KEYS: secrets.sealingKeys,
    LEDGER_SIGNING_KEY: secrets.ledgerSigningKey,
    ...platformEnvironment(sandbox),
    SANDBOX_URL: sandbox,
    SANDBOX_GITHUB_APP_KEY: secrets.githubAppKey,
  }
}
