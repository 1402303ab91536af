import { expect, test } from 'vitest'
import { afterRefusal } from '@/lib/http/plain-refusal'

test('who is not signed in any more signs in and comes back', () => {
  expect(afterRefusal('sign_in_required', '/notifications?cursor=x')).toEqual({
    redirectTo: '/sign-in?return=%2Fnotifications%3Fcursor%3Dx',
    flash: null,
  })
})

test('any other refusal is said on the page it came from', () => {
  expect(afterRefusal('notification_not_found', '/notifications')).toEqual({
    redirectTo: '/notifications',
    flash: 'refused_notification_not_found',
  })
})

test('an area’s own words for it are named with it', () => {
  expect(afterRefusal('export_running', '/admin/reports?kind=award', 'reports')).toEqual({
    redirectTo: '/admin/reports?kind=award',
    flash: 'refused_reports__export_running',
  })
})

test.each([null, '//evil.example', '/api/me/export'])('nobody is led off by %s', (path) => {
  expect(afterRefusal('unexpected', path).redirectTo).toBe('/home')
})
