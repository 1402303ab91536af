import { describe, expect, it } from 'vitest'
import { safeReturnPath } from '@/lib/http/safe-return-path'

describe('safeReturnPath', () => {
  it.each(['/', '/claims', '/claims/1?tab=evidence#top', '/contributions?q=%2F%2Fevil.example'])('keeps %s', (path) => {
    expect(safeReturnPath(path, '/home')).toBe(path)
  })

  it.each([
    undefined,
    null,
    '',
    'claims',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/\n/evil.example',
    ' /claims',
    '/claims\u0000',
    '/%2F/evil.example',
    '/%5Cevil.example',
    '/.//evil.example',
    '/%E0%A4%A',
    '/api/auth/signout',
    '/API/auth/signout',
    '/claims/../api/auth/signout',
    `/${'a'.repeat(2001)}`,
  ])('falls back for %j', (path) => {
    expect(safeReturnPath(path, '/home')).toBe('/home')
  })
})
