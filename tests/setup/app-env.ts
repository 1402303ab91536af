import { generateKeyPairSync } from 'node:crypto'

/** Where the app of a test says it lives. Nothing listens there unless the test starts it. */
export const TEST_APP_URL = 'http://localhost:43210'

/** The configuration that the app's code wants, with secrets of this process only. Databases and ports are the test's own. */
export function setAppEnv(values: Readonly<Record<string, string>> = {}): void {
  const { privateKey } = generateKeyPairSync('ed25519')
  const defaults: Record<string, string> = {
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing',
    APP_URL: TEST_APP_URL,
    AUTH_SECRET: 'a secret of tests, long enough to be taken',
    SEALING_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    LEDGER_SIGNING_KEY: JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'test' }),
    GITHUB_CLIENT_ID: 'test',
    GITHUB_CLIENT_SECRET: 'test',
    GITEE_CLIENT_ID: 'test',
    GITEE_CLIENT_SECRET: 'test',
    GITCODE_CLIENT_ID: 'test',
    GITCODE_CLIENT_SECRET: 'test',
    HUGGINGFACE_CLIENT_ID: 'test',
    HUGGINGFACE_CLIENT_SECRET: 'test',
    LOG_LEVEL: 'silent',
  }
  for (const [name, value] of Object.entries(defaults)) process.env[name] ??= value
  Object.assign(process.env, values)
}
