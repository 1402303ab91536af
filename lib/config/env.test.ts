import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { EnvError, names, parseEnv } from '@/lib/config/env'
import { makeDemoSecrets } from '@/scripts/demo/secrets'

const secrets = makeDemoSecrets()
const present = JSON.parse(secrets.ledgerSigningKey)
const former = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43), kid: 'former' }
const complete = {
  DATABASE_URL: 'postgresql://yuanfen_app:secret@db.example.edu:5432/yuanfen',
  APP_URL: 'https://yuanfen.example.edu',
  AUTH_SECRET: secrets.authSecret,
  SEALING_KEYS: secrets.sealingKeys,
  LEDGER_SIGNING_KEY: secrets.ledgerSigningKey,
  GITHUB_CLIENT_ID: 'id',
  GITHUB_CLIENT_SECRET: 'secret',
  GITEE_CLIENT_ID: 'id',
  GITEE_CLIENT_SECRET: 'secret',
}

test('a complete set is parsed, with the real platforms as defaults', () => {
  const env = parseEnv(complete)
  expect(env.PORT).toBe(3000)
  expect(env.GITHUB_API_URL).toBe('https://api.github.com')
  expect(env.SEALING_KEYS[0]?.key).toHaveLength(32)
  expect(env.LEDGER_SIGNING_KEY.crv).toBe('Ed25519')
})

test.each([
  ['DATABASE_URL', 'mysql://hidden-value/x'],
  ['DATABASE_URL', undefined],
  ['APP_URL', 'http://hidden-value.example.edu'],
  ['APP_URL', 'https://yuanfen.example.edu/hidden-value'],
  ['AUTH_SECRET', 'hidden-value'],
  ['SEALING_KEYS', 'a:hidden-value'],
  ['SEALING_KEYS', `${secrets.sealingKeys},${secrets.sealingKeys}`],
  ['LEDGER_SIGNING_KEY', '{"kty":"hidden-value"}'],
  ['LEDGER_FORMER_KEYS', 'hidden-value'],
  ['LEDGER_FORMER_KEYS', secrets.ledgerSigningKey],
  ['LEDGER_FORMER_KEYS', `[${secrets.ledgerSigningKey}]`],
  ['LEDGER_FORMER_KEYS', JSON.stringify([former, former])],
  ['LEDGER_FORMER_KEYS', JSON.stringify([{ ...former, kid: present.kid }])],
  ['PORT', 'hidden-value'],
  ['GITEE_CLIENT_SECRET', ''],
] as const)('%s = %s is refused by name, with what it should be and not what it is', (name, value) => {
  const attempt = () => parseEnv({ ...complete, [name]: value })
  expect(attempt).toThrow(EnvError)
  expect(attempt).toThrow(new RegExp(`${name} should be `))
  expect(attempt).not.toThrow(/hidden-value/)
})

test('a platform need not be offered, but not by half', () => {
  expect(parseEnv(complete)).toMatchObject({ GITCODE_CLIENT_ID: '', GITCODE_CLIENT_SECRET: '' })
  const half = () => parseEnv({ ...complete, GITCODE_CLIENT_ID: 'id' })
  expect(half).toThrow(/GITCODE_CLIENT_SECRET should be /)
  expect(half).not.toThrow(/GITCODE_CLIENT_ID/)
})

test('former signing keys are taken as an array or as the key set that was published, with what else stands in it', () => {
  expect(parseEnv(complete).LEDGER_FORMER_KEYS).toEqual([])
  const published = { ...former, use: 'sig', alg: 'EdDSA' }
  for (const value of [[published], { keys: [published] }]) {
    expect(parseEnv({ ...complete, LEDGER_FORMER_KEYS: JSON.stringify(value) }).LEDGER_FORMER_KEYS).toEqual([former])
  }
})

test('everything that is wrong is named at once', () => {
  try {
    parseEnv({})
    expect.unreachable()
  } catch (error) {
    expect(error instanceof EnvError && error.names).toContain('AUTH_SECRET')
    expect(error instanceof EnvError && error.names).toContain('GITHUB_CLIENT_ID')
  }
})

test('.env.example explains every variable', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
  for (const name of names) expect(example).toMatch(new RegExp(`^#? ?${name}=`, 'm'))
})
