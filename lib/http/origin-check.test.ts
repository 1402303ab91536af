import { describe, expect, it } from 'vitest'
import { isTrustedOrigin } from '@/lib/http/origin-check'

const appUrl = 'https://credit.example.edu'

function ask(method: string, headers: Record<string, string>, known: string | undefined = appUrl) {
  return isTrustedOrigin({ method, headers: new Headers(headers), appUrl: known })
}

describe('isTrustedOrigin', () => {
  it('lets every reading request through', () => {
    expect(ask('GET', { origin: 'https://evil.example' })).toBe(true)
    expect(ask('HEAD', {})).toBe(true)
  })

  it('takes a change from a page of the app', () => {
    expect(ask('POST', { origin: 'https://credit.example.edu' })).toBe(true)
    expect(ask('delete', { origin: 'https://credit.example.edu' })).toBe(true)
  })

  it.each([
    'https://evil.example',
    'http://credit.example.edu',
    'https://credit.example.edu:8443',
    'https://credit.example.edu.evil.example',
    'null',
    '',
  ])('refuses a change from %j', (origin) => {
    expect(ask('POST', { origin, host: 'credit.example.edu', 'sec-fetch-site': 'same-origin' })).toBe(false)
  })

  it('without Origin, wants the browser to say that it is the same', () => {
    expect(ask('POST', {})).toBe(false)
    expect(ask('POST', { 'sec-fetch-site': 'cross-site' })).toBe(false)
    expect(ask('POST', { 'sec-fetch-site': 'none' })).toBe(false)
    expect(ask('POST', { 'sec-fetch-site': 'same-origin' })).toBe(true)
  })

  it('compares with the host where the app does not know its address', () => {
    const headers = new Headers({ origin: 'http://localhost:3000', host: 'localhost:3000' })
    expect(isTrustedOrigin({ method: 'POST', headers, appUrl: undefined })).toBe(true)
    headers.set('host', 'localhost:4000')
    expect(isTrustedOrigin({ method: 'POST', headers, appUrl: undefined })).toBe(false)
  })
})
