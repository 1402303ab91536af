import { beforeAll, expect, test } from 'vitest'
import { ledgerPublicKeys, readSignedHead, signHead } from '@/lib/config/ledger-signing'
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
  expect(await readSignedHead(jws, [])).toBeNull()
  expect(await readSignedHead('nonsense')).toBeNull()
})

test('the published key has no private part', () => {
  const [key] = ledgerPublicKeys().keys
  expect(Object.keys(key ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
})
