import { Agent, get } from 'node:http'

/** One connection a session, kept open as a browser does. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const TIMEOUT_MS = 60_000

export type Answer = { ms: number; bytes: number; failure: string | null }

/** From sending the request to the last byte of the answer, over loopback: what the server needs, streams to their end. */
export function timeRequest(origin: string, { path, cookie }: { path: string; cookie: string }): Promise<Answer> {
  const begun = performance.now()
  return new Promise((resolve) => {
    const headers = { ...(cookie ? { cookie } : {}), 'accept-language': 'zh-CN', accept: 'text/html' }
    const request = get(`${origin}${path}`, { agent, headers, timeout: TIMEOUT_MS }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const body = Buffer.concat(chunks)
        const ms = performance.now() - begun
        resolve({ ms, bytes: body.length, failure: failureOf(response.statusCode ?? 0, body.toString('utf8')) })
      })
    })
    const fail = (why: string) => resolve({ ms: performance.now() - begun, bytes: 0, failure: why })
    request.on('error', (error) => fail(error.message))
    request.on('timeout', () => {
      request.destroy()
      fail('timed out')
    })
  })
}

/** A page that is streamed answers 200 before it knows: what went wrong then stands in its text. */
function failureOf(status: number, html: string): string | null {
  if (status !== 200) return `status ${status}`
  if (html.includes('NEXT_HTTP_ERROR_FALLBACK')) return 'not found, after the answer began'
  if (html.includes('NEXT_REDIRECT')) return 'sent elsewhere, after the answer began'
  return html.includes('data-dgst=') ? 'failed, after the answer began' : null
}

/** The value that the share (0 to 1) of all does not exceed; 0 of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}
