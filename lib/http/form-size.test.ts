import { expect, test } from 'vitest'
import { isFormTooLarge, refuseLargeForm } from '@/lib/http/form-size'
import { MAX_FORM_BYTES } from '@/lib/http/max-form-bytes'

const APP = { appUrl: 'https://yuanfen.example.edu' }
const of = (bytes: number, path = '/claims/new', method = 'POST', more: Record<string, string> = {}) => ({
  method,
  path,
  headers: new Headers({ 'content-length': String(bytes), ...more }),
})

test('a form may be as large as Next.js takes whole, and no larger; routes count for themselves', () => {
  expect(isFormTooLarge(of(MAX_FORM_BYTES))).toBe(false)
  expect(isFormTooLarge(of(MAX_FORM_BYTES + 1))).toBe(true)
  expect(isFormTooLarge(of(MAX_FORM_BYTES + 1, '/api/link/github'))).toBe(false)
  expect(isFormTooLarge(of(MAX_FORM_BYTES + 1, '/claims/new', 'GET'))).toBe(false)
  expect(isFormTooLarge({ method: 'POST', path: '/claims/new', headers: new Headers() })).toBe(false)
})

test('it is refused in words: on its page where a script asked, else in the answer itself', async () => {
  const plain = refuseLargeForm(of(MAX_FORM_BYTES + 1), APP)
  expect(plain.status).toBe(413)
  expect(plain.headers.get('set-cookie')).toBeNull()
  expect(await plain.text()).toMatch(/大小限制.*larger than allowed/s)
  const asked = refuseLargeForm(of(MAX_FORM_BYTES + 1, '/claims/new?term=1', 'POST', { 'next-action': 'a1' }), APP)
  expect(asked.status).toBe(413)
  expect(asked.headers.get('x-action-redirect')).toBe('/claims/new?term=1;replace')
  expect(asked.headers.get('set-cookie')).toBe(
    'flash=refused_body_too_large; Path=/; Max-Age=5; HttpOnly; SameSite=Lax; Secure',
  )
})
