import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askPlatform, limitEndsAt, nextLink, parseAnswer } from './http'
import { isPlatformError } from './platform-error'

const TOKEN = 'gho_secretsecret'
let server: Server
let origin: string
const seen: { url: string; authorization: string | undefined }[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', authorization: request.headers.authorization })
    if (request.url === '/elsewhere')
      return void response.writeHead(302, { location: 'http://localhost:1/steal' }).end()
    if (request.url === '/renamed') return void response.writeHead(301, { location: '/here' }).end()
    if (request.url === '/loop') return void response.writeHead(301, { location: '/loop' }).end()
    if (request.url === '/large') return void response.end('x'.repeat(17 * 1024 * 1024))
    if (request.url === '/flaky' && seen.filter(({ url }) => url === '/flaky').length < 2)
      return void response.writeHead(502).end()
    if (request.url === '/broken') return void response.writeHead(500).end('oops')
    if (request.url === '/hang') return
    response.end('{"ok":true}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function ask(path: string, more: { repeatable?: boolean; timeoutMs?: number } = {}) {
  const headers = { authorization: `Bearer ${TOKEN}` }
  return askPlatform({ platform: 'github', url: origin + path, method: 'GET', repeatable: false, headers, ...more })
}

async function failure(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (caught: unknown) => caught,
  )
  if (!isPlatformError(error)) throw new Error('no platform error')
  return error
}

describe('askPlatform', () => {
  test('follows a redirect on the same host and says where it arrived', async () => {
    expect(await ask('/renamed')).toMatchObject({ status: 200, text: '{"ok":true}', url: `${origin}/here` })
  })

  test('never follows a redirect to another host, and its error holds no secret', async () => {
    const error = await failure(ask('/elsewhere'))
    expect(error.kind).toBe('unexpected_answer')
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain(TOKEN)
  })

  test('ends a loop, a flood and a hang', async () => {
    expect((await failure(ask('/loop'))).kind).toBe('unexpected_answer')
    expect((await failure(ask('/large'))).message).toContain('too large')
    expect((await failure(ask('/hang', { timeoutMs: 50 }))).message).toContain('timeout')
  })

  test('asks again after a fault where that is harmless, and only there', async () => {
    expect((await ask('/flaky', { repeatable: true })).status).toBe(200)
    const before = seen.length
    expect((await failure(ask('/broken'))).kind).toBe('unavailable')
    expect(seen.length - before).toBe(1)
  })

  test('an answer that was cut off is a fault of the platform', () => {
    expect(() => parseAnswer('gitee', '{"items": [')).toThrow(/unavailable/)
  })
})

describe('nextLink', () => {
  const linked = (link: string) => nextLink({ headers: new Headers({ link }), url: 'https://api.github.com/x?page=1' })

  test('gives the next page on the same host only', () => {
    expect(linked('<https://api.github.com/x?page=2>; rel="next", <https://api.github.com/x?page=9>; rel="last"')).toBe(
      'https://api.github.com/x?page=2',
    )
    expect(linked('<https://evil.example/x?page=2>; rel="next"')).toBeNull()
    expect(linked('<https://api.github.com/x?page=1>; rel="prev"')).toBeNull()
  })
})

describe('limitEndsAt', () => {
  const now = new Date('2026-11-24T00:00:00Z')
  const waitSeconds = (headers: Record<string, string>) =>
    (limitEndsAt(new Headers(headers), now).getTime() - now.getTime()) / 1000

  test('retry-after wins, then the reset of a used-up limit, else a minute, at most two hours', () => {
    const reset = String(now.getTime() / 1000 + 900)
    expect(waitSeconds({ 'retry-after': '30', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset })).toBe(30)
    expect(waitSeconds({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset })).toBe(901)
    expect(waitSeconds({ 'x-ratelimit-remaining': '12', 'x-ratelimit-reset': reset })).toBe(60)
    expect(waitSeconds({ 'retry-after': '999999' })).toBe(7200)
  })
})
