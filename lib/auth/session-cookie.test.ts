import { expect, test } from 'vitest'
import { cookieOptions, hashSessionToken, newSessionToken, sessionCookieName } from '@/lib/auth/session-cookie'
import { expireCookie, setCookieLine } from '@/lib/auth/set-cookie'
import { setAppEnv } from '@/tests/setup/app-env'

// The configuration is read once a process: this file has the https of real use to itself.
setAppEnv({ APP_URL: 'https://yuanfen.example.edu' })

test('over https a cookie is for this host alone, never plain, out of reach of scripts and of other sites', () => {
  expect(sessionCookieName()).toBe('__Host-yuanfen-session')
  expect(cookieOptions()).toEqual({ httpOnly: true, sameSite: 'lax', path: '/', secure: true })
  expect(setCookieLine('__Host-x', 'v', { maxAgeSeconds: 60 })).toBe(
    '__Host-x=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure',
  )
  expect(expireCookie('__Host-x')).toMatch(/^__Host-x=; Path=\/; Max-Age=0; .*Secure$/)
})

test('a token has 256 bits, and its hash tells nothing of it', () => {
  const token = newSessionToken()
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  expect(newSessionToken()).not.toBe(token)
  expect(hashSessionToken(token)).toMatch(/^[0-9a-f]{64}$/)
  expect(hashSessionToken(token)).not.toContain(token)
})
