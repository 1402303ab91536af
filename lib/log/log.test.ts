import { expect, test } from 'vitest'
import { createLogger } from '@/lib/log/log'
import { requestIdFrom, withRequestId } from '@/lib/log/request-id'

function logging(work: (log: ReturnType<typeof createLogger>) => void): string[] {
  const lines: string[] = []
  work(createLogger((line) => lines.push(line), 'info'))
  return lines
}

test('one line of JSON an event, with the request it belongs to', () => {
  const [line] = logging((log) => withRequestId('request-1', () => log.info('claim_submitted', { claimId: '7' })))
  expect(JSON.parse(line ?? '')).toMatchObject({
    level: 'info',
    event: 'claim_submitted',
    claimId: '7',
    requestId: 'request-1',
  })
})

test.each([
  ['a field named token', { accessToken: 'hidden-value' }],
  ['a nested password', { database: { password: 'hidden-value' } }],
  ['an authorization header', { headers: { Authorization: 'hidden-value' } }],
  ['an e-mail field', { studentEmail: 'hidden-value' }],
  ['an OAuth code', { code: 'hidden-value' }],
  ['an e-mail in a text', { text: 'sent to hidden-value@example.edu.cn today' }],
  ['a GitHub token in a text', { text: 'using ghp_hiddenvalue0123456789hidden' }],
  ['a bearer in a text', { text: 'Bearer hidden-value-hidden' }],
  ['a password in an address', { text: 'postgresql://role:hidden-value@db/x' }],
  ['a token in a query', { text: 'https://gitee.com/api/v5/user?access_token=hidden-value' }],
  ['an error', { error: new Error('no answer from https://a:hidden-value@host') }],
  ['a cause', { error: new Error('no', { cause: new Error('Bearer hidden-value-hidden') }) }],
])('%s is not written', (_name, fields) => {
  const [line] = logging((log) => log.error('failed', fields))
  expect(line).toMatch(/"event":"failed"/)
  expect(line).not.toMatch(/hidden-?value/)
})

test('what is needed to find a fault is written', () => {
  const [line] = logging((log) =>
    log.error('failed', {
      error: new Error('the page has no next link'),
      number: 12n,
      code: 'not_found',
    }),
  )
  expect(JSON.parse(line ?? '')).toMatchObject({
    error: { message: 'the page has no next link' },
    number: '12',
    code: 'not_found',
  })
})

test('a field cannot pretend to be another line', () => {
  const lines = logging((log) => log.info('seen', { event: 'approved', title: 'x\n{"event":"approved"}' }))
  expect(lines).toHaveLength(1)
  expect(lines[0]).not.toContain('\n')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'seen' })
})

test('a circle does not hang it, and lower levels are silent', () => {
  const circle: Record<string, unknown> = {}
  circle.self = circle
  expect(logging((log) => log.info('seen', circle))).toHaveLength(1)
  expect(logging((log) => log.debug('seen'))).toHaveLength(0)
})

test('a request id of strange shape is replaced', () => {
  expect(requestIdFrom('abcdefgh-1')).toBe('abcdefgh-1')
  expect(requestIdFrom('x\n"evil"')).toMatch(/^[0-9a-f-]{36}$/)
})
