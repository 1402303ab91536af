import { generateKeyPairSync } from 'node:crypto'
import { beforeAll, expect, test, vi } from 'vitest'
import { isHeadOfUnknownKey, ledgerPublicKeys, readSignedHead, signHead } from '@/lib/config/ledger-signing'
import { setAppEnv } from '@/tests/setup/app-env'

const HEAD = { universityId: '6f3a1b52-0000-4000-8000-000000000001', sequence: 7, hash: 'a'.repeat(64) }
const NOW = new Date('2026-11-10T04:00:00.000Z')

beforeAll(() => setAppEnv())

test('a signed head says what was signed, with the moment and what is stated with it', async () => {
  const jws = await signHead(HEAD, { now: NOW, statement: { filingId: 'f1' } })
  expect(await readSignedHead(jws)).toEqual({ ...HEAD, filingId: 'f1', signedAt: NOW.toISOString() })
})

test('a statement cannot speak for the head', async () => {
  const jws = await signHead(HEAD, { now: NOW, statement: { sequence: 99, hash: 'b' } })
  expect(await readSignedHead(jws)).toMatchObject(HEAD)
})

test('changed by a character, or signed by another key, it says nothing', async () => {
  const jws = await signHead(HEAD, { now: NOW })
  const [header = '', payload = '', signature = ''] = jws.split('.')
  const other = Buffer.from(JSON.stringify({ ...HEAD, sequence: 8 })).toString('base64url')
  expect(await readSignedHead(`${header}.${other}.${signature}`)).toBeNull()
  expect(
    await readSignedHead(`${header}.${payload}.${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`),
  ).toBeNull()
  // It names a key that is known, and that key did not sign it.
  expect(isHeadOfUnknownKey(`${header}.${other}.${signature}`)).toBe(false)
  expect(await readSignedHead(jws, [])).toBeNull()
  expect(isHeadOfUnknownKey('nonsense')).toBe(false)
  expect(isHeadOfUnknownKey(jws)).toBe(false)
  expect(await readSignedHead('nonsense')).toBeNull()
})

test('after the key was replaced, what the former one signed still verifies against the published keys', async () => {
  const before = process.env.LEDGER_SIGNING_KEY ?? ''
  const jws = await signHead(HEAD, { now: NOW })
  const { privateKey } = generateKeyPairSync('ed25519')
  const next = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'next' })
  try {
    const withFormer = await restarted({
      LEDGER_SIGNING_KEY: next,
      LEDGER_FORMER_KEYS: JSON.stringify(ledgerPublicKeys()),
    })
    expect(withFormer.ledgerPublicKeys().keys.map(({ kid }) => kid)).toEqual(['next', 'test'])
    expect(JSON.stringify(withFormer.ledgerPublicKeys())).not.toContain(JSON.parse(before).d)
    expect(await withFormer.readSignedHead(jws)).toMatchObject(HEAD)
    expect(await withFormer.readSignedHead(await withFormer.signHead(HEAD, { now: NOW }))).toMatchObject(HEAD)
    const forgotten = await restarted({ LEDGER_SIGNING_KEY: next, LEDGER_FORMER_KEYS: '' })
    expect(await forgotten.readSignedHead(jws)).toBeNull()
    expect(forgotten.isHeadOfUnknownKey(jws)).toBe(true)
  } finally {
    setAppEnv({ LEDGER_SIGNING_KEY: before, LEDGER_FORMER_KEYS: '' })
  }
})

/** The same code in a process that was started with other variables. */
async function restarted(
  values: Readonly<Record<string, string>>,
): Promise<typeof import('@/lib/config/ledger-signing')> {
  setAppEnv(values)
  vi.resetModules()
  return import('@/lib/config/ledger-signing')
}

test('the published key has no private part', () => {
  const [key] = ledgerPublicKeys().keys
  expect(Object.keys(key ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
})
