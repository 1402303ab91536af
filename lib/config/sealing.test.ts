import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { isSealedWithOldKey, open, SealError, seal } from '@/lib/config/sealing'

const keyNamed = (id: string) => ({ id, key: new Uint8Array(randomBytes(32)) })
const old = keyNamed('2026a')
const next = keyNamed('2026b')

test('what was sealed opens again, whatever it says', () => {
  for (const plain of ['', 'secret', '密钥 🔑', 'x'.repeat(10_000)]) {
    expect(open(seal(plain, 'oidc:1', [old]), 'oidc:1', [old])).toBe(plain)
  }
})

test('the same secret never looks the same twice, and does not show', () => {
  const [first, second] = [seal('client-secret', 'c', [old]), seal('client-secret', 'c', [old])]
  expect(first).not.toBe(second)
  expect(first).toMatch(/^v1\.2026a\.[A-Za-z0-9_-]+$/)
  expect(Buffer.from(first.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('client-secret')
})

test('sealed for one university it does not open for another', () => {
  expect(() => open(seal('secret', 'oidc:1', [old]), 'oidc:2', [old])).toThrow(SealError)
})

test('a new key in front seals, the old one still opens', () => {
  const sealed = seal('secret', 'c', [old])
  expect(open(sealed, 'c', [next, old])).toBe('secret')
  expect(isSealedWithOldKey(sealed, [next, old])).toBe(true)
  expect(isSealedWithOldKey(seal('secret', 'c', [next, old]), [next, old])).toBe(false)
  expect(() => open(sealed, 'c', [next])).toThrow('a key that the ring does not have')
})

test('a text under the id of another key does not open', () => {
  const sealed = seal('secret', 'c', [old]).replace('2026a', '2026b')
  expect(() => open(sealed, 'c', [next, old])).toThrow(SealError)
})

test.each(['', 'v1', 'v1.2026a', 'v1.2026a.', 'v1.2026a.AAAA', 'v2.2026a.AAAA', 'plain text'])(
  '%j is refused without showing it',
  (text) => {
    expect(() => open(text, 'c', [old])).toThrow(SealError)
  },
)

test('one changed bit is noticed, wherever it is', () => {
  const sealed = seal('secret', 'c', [old])
  const body = Buffer.from(sealed.split('.')[2] ?? '', 'base64url')
  for (let index = 0; index < body.length; index += 1) {
    const changed = Buffer.from(body)
    changed[index] = (changed[index] ?? 0) ^ 1
    expect(() => open(`v1.2026a.${changed.toString('base64url')}`, 'c', [old])).toThrow(SealError)
  }
})
