import { expect, test } from 'vitest'
import { reportUnexpected } from '@/lib/http/report'
import { createLogger } from '@/lib/log/log'

function reported(error: unknown): string {
  const lines: string[] = []
  reportUnexpected(
    error,
    { requestId: 'request-1', route: '/home' },
    createLogger((line) => lines.push(line)),
  )
  return lines.join('\n')
}

test.each([
  ['an e-mail address', 'no row for student@example.edu.cn', 'student@example'],
  ['a token', 'GitHub refused ghp_0123456789abcdefghij', 'ghp_0123456789'],
  ['a password in an address', 'cannot reach postgresql://role:hunter2@db/x', 'hunter2'],
])('%s in an error is not written, neither in its message nor its stack', (_what, message, secret) => {
  for (const thrown of [new Error(message), message, new Error('failed', { cause: new Error(message) })])
    expect(reported(thrown)).not.toContain(secret)
})

test('what is needed to find the fault is', () => {
  const line = JSON.parse(reported(new TypeError('the page has no next link')))
  expect(line).toMatchObject({
    ...{ level: 'error', event: 'unexpected', requestId: 'request-1', route: '/home' },
    error: { name: 'TypeError', message: 'the page has no next link', stack: expect.stringContaining('report.test') },
  })
})
