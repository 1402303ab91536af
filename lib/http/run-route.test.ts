import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { AppError, type ErrorKind } from '@/lib/domain/errors'
import { type RouteDeps, runRoute } from '@/lib/http/run-route'

const appUrl = 'http://localhost:3000'

function setUp(actor: string | null = 'somebody') {
  const reported: unknown[] = []
  const deps: RouteDeps<string> = {
    getActor: async () => {
      if (actor === null) throw new AppError('unauthenticated', 'sign_in_required')
      return actor
    },
    reason: (code) => `words for ${code}`,
    requestId: 'r1',
    now: new Date('2025-11-24T00:00:00Z'),
    appUrl,
    report: (error) => reported.push(error),
  }
  return { reported, given: { params: {}, deps } }
}

function post(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request(`${appUrl}/api/x`, {
    method: 'POST',
    body,
    headers: { origin: appUrl, 'content-type': 'application/json', ...headers },
  })
}

const echo = {
  name: 'test.echo',
  query: z.object({ term: z.string().optional(), state: z.array(z.string()).optional() }),
  run: async ({ query }: { query: unknown }) => ({ query }),
}

const take = {
  name: 'test.take',
  body: z.object({ a: z.number() }),
  maxBodyBytes: 20,
  run: async ({ body }: { body: unknown }) => body,
}

async function answer(response: Response): Promise<{ status: number; body: unknown }> {
  return { status: response.status, body: await response.json() }
}

const refusal = (code: string) => ({ error: { code, message: `words for ${code}`, requestId: 'r1' } })

describe('runRoute', () => {
  it('reads the query and answers JSON that nobody caches', async () => {
    const request = new Request(`${appUrl}/api/x?term=2025a&state=approved&state=endorsed`)
    const response = await runRoute(echo, request, setUp().given)
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    expect(await response.json()).toEqual({ query: { term: '2025a', state: ['approved', 'endorsed'] } })
  })

  it('refuses a query that it does not know', async () => {
    const response = await runRoute(echo, new Request(`${appUrl}/api/x?admin=1`), setUp().given)
    expect(await answer(response)).toEqual({ status: 400, body: refusal('invalid_query') })
  })

  it('refuses other sites before anything is read', async () => {
    const foreign = post('{"a":1}', { origin: 'https://evil.example' })
    expect(await answer(await runRoute(take, foreign, setUp().given))).toEqual({
      status: 403,
      body: refusal('foreign_origin'),
    })
    expect(foreign.bodyUsed).toBe(false)
  })

  it('refuses who is not signed in', async () => {
    const response = await runRoute(echo, new Request(`${appUrl}/api/x`), setUp(null).given)
    expect(await answer(response)).toEqual({ status: 401, body: refusal('sign_in_required') })
  })

  it('takes a body of the right kind, shape and size only', async () => {
    const { given } = setUp()
    expect(await answer(await runRoute(take, post('{"a":1}'), given))).toEqual({ status: 200, body: { a: 1 } })
    expect((await runRoute(take, post('{"a":"1"}'), given)).status).toBe(400)
    expect((await runRoute(take, post('{"a":'), given)).status).toBe(400)
    expect((await runRoute(take, post('{"a":1}', { 'content-type': 'text/plain' }), given)).status).toBe(400)
    expect((await runRoute(take, post(`{"a":${'1'.repeat(30)}}`), given)).status).toBe(413)
  })

  it('cuts off a body that is larger than it declares', async () => {
    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(16))
      },
    })
    const request = new Request(`${appUrl}/api/x`, {
      method: 'POST',
      body: endless,
      headers: { origin: appUrl, 'content-type': 'application/json' },
      duplex: 'half',
    } as RequestInit)
    expect((await runRoute(take, request, setUp().given)).status).toBe(413)
    expect(pulled).toBeLessThan(10)
  })

  it('reads forms', async () => {
    const definition = { ...take, bodyKind: 'form' as const, body: z.object({ theme: z.enum(['dark', 'light']) }) }
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(await answer(await runRoute(definition, post('theme=dark', type), setUp().given))).toEqual({
      status: 200,
      body: { theme: 'dark' },
    })
    expect((await runRoute(definition, post('theme=pink', type), setUp().given)).status).toBe(400)
    expect((await runRoute(definition, post('theme=dark&x=1', type), setUp().given)).status).toBe(400)
  })

  it.each([
    ['invalid', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not_found', 404],
    ['conflict', 409],
    ['rate_limited', 429],
    ['unavailable', 503],
  ] satisfies [ErrorKind, number][])('answers %s with %i', async (kind, status) => {
    const run = () => Promise.reject(new AppError(kind, 'some_code', { retryAfterSeconds: 1.2 }))
    const response = await runRoute({ name: 'test.fail', run }, new Request(`${appUrl}/api/x`), setUp().given)
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await answer(response)).toEqual({ status, body: refusal('some_code') })
  })

  it('shows nothing of what nobody expected', async () => {
    const { given, reported } = setUp()
    const run = () => Promise.reject(new Error('select * from secrets'))
    const response = await runRoute({ name: 'test.fail', run }, new Request(`${appUrl}/api/x`), given)
    expect(await answer(response)).toEqual({ status: 500, body: refusal('unexpected') })
    expect(reported).toHaveLength(1)
  })

  describe('asked for by a link or a form of a page', () => {
    const asked = (headers: Record<string, string> = {}) =>
      new Request(`${appUrl}/api/x`, { headers: { 'sec-fetch-dest': 'document', ...headers } })
    const definition = { name: 'test.fail', namespace: 'reports', page: '/admin/reports' } as const
    const refusing = { ...definition, run: () => Promise.reject(new AppError('conflict', 'export_running')) }

    it('says a refusal on the page it came from', async () => {
      const response = await runRoute(refusing, asked({ referer: `${appUrl}/admin/filings/1?x=2` }), setUp().given)
      expect(response.status).toBe(303)
      expect(response.headers.get('location')).toBe('/admin/filings/1?x=2')
      expect(response.headers.get('set-cookie')).toBe(
        'flash=refused_reports__export_running; Path=/; Max-Age=5; HttpOnly; SameSite=Lax',
      )
    })

    it.each([
      ['nobody said from where', {}],
      ['another site sent it', { referer: 'https://evil.example/admin' }],
    ])('says it on the route’s page where %s', async (_what, headers) => {
      const response = await runRoute(refusing, asked(headers), setUp().given)
      expect(response.headers.get('location')).toBe('/admin/reports')
    })

    it('lets who is not signed in any more sign in first', async () => {
      const response = await runRoute(refusing, asked({ referer: `${appUrl}/admin/reports` }), setUp(null).given)
      expect(response.status).toBe(303)
      expect(response.headers.get('location')).toBe('/sign-in?return=%2Fadmin%2Freports')
      expect(response.headers.get('set-cookie')).toBeNull()
    })
  })

  it('lets go at once of what HEAD leaves out', async () => {
    const cancelled = Promise.withResolvers<string>()
    const body = new ReadableStream({ cancel: () => cancelled.resolve('let go') })
    const run = async () => new Response(body, { status: 203, headers: { 'x-rows': '3' } })
    const head = new Request(`${appUrl}/api/x`, { method: 'HEAD' })
    const response = await runRoute({ name: 'test.head', run }, head, setUp().given)
    expect(await cancelled.promise).toBe('let go')
    expect([response.status, response.headers.get('x-rows'), response.body]).toEqual([203, '3', null])
  })

  it('treats an address that cannot be one of ours as not there', async () => {
    const definition = { name: 'test.one', params: z.object({ id: z.uuid() }), run: async () => null }
    const { given } = setUp()
    const response = await runRoute(definition, new Request(`${appUrl}/api/x`), { ...given, params: { id: '1' } })
    expect(await answer(response)).toEqual({ status: 404, body: refusal('not_found') })
  })
})
