import { expect, test } from 'vitest'
import { clientAddress, UNKNOWN_ADDRESS } from '@/lib/http/client-address'

const from = (forwarded: string | null) => new Headers(forwarded === null ? {} : { 'x-forwarded-for': forwarded })

test.each([
  ['without a proxy whatever the sender wrote is ignored', 0, '203.0.113.7', UNKNOWN_ADDRESS],
  ['one proxy: the last entry', 1, '203.0.113.7', '203.0.113.7'],
  ['one proxy that appends to what the sender made up', 1, '10.0.0.1, 203.0.113.7', '203.0.113.7'],
  ['two proxies: what the outer one saw', 2, '10.0.0.1, 203.0.113.7, 192.0.2.1', '203.0.113.7'],
  ['a request that came past the outer proxy', 2, '203.0.113.7', UNKNOWN_ADDRESS],
  ['no header', 1, null, UNKNOWN_ADDRESS],
  ['an empty entry', 1, '203.0.113.7, ', UNKNOWN_ADDRESS],
])('%s', (_what, trustedProxies, forwarded, address) => {
  expect(clientAddress(from(forwarded), trustedProxies)).toBe(address)
})
