import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Fault, Faults } from './faults'
import { maskedPath, type RequestLog } from './request-log'
import type { SandboxPart, SandboxRequest, SandboxResponse } from './types'

const BODY_LIMIT_BYTES = 1024 * 1024
const SLOW_DEFAULT_MS = 2_000
const TIMEOUT_DEFAULT_MS = 10_000

export type Serving = { origin: string; parts: readonly SandboxPart[]; log: RequestLog; faults: Faults }

/** Takes one request through faults, its part, and the log. */
export async function serveRequest(
  serving: Serving,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const url = new URL(incoming.url ?? '/', serving.origin)
  const part = findPart(serving.parts, url.pathname)
  if (part && 'listen' in part) return part.listen(incoming, outgoing)
  const startedAt = performance.now()
  const request = await readRequest(incoming, url, part?.prefix ?? '')
  const isControl = url.pathname.startsWith('/_sandbox')
  const fault = isControl ? null : serving.faults.take({ ...request, path: url.pathname + url.search })
  const response = await answer({ part, request, fault })
  if (!isControl) {
    serving.log.add({
      at: new Date().toISOString(),
      method: request.method,
      path: maskedPath(url),
      status: response.status,
      account: response.account ?? null,
      costPoints: response.costPoints ?? 0,
      durationMs: Math.round(performance.now() - startedAt),
      fault: fault?.kind ?? null,
    })
  }
  send(outgoing, response, { truncate: fault?.kind === 'truncate', headOnly: request.method === 'HEAD' })
}

type Asked = { part: SandboxPart | undefined; request: SandboxRequest; fault: Fault | null }

async function answer({ part, request, fault }: Asked): Promise<SandboxResponse> {
  if (!part || !('handle' in part)) return { status: 404, body: { message: 'Nothing is served here' } }
  const entrance = part.enter?.(request)
  if (entrance?.refusal) return entrance.refusal
  try {
    return await work(part, request, fault)
  } finally {
    entrance?.leave()
  }
}

/** Shows the fault, if there is one; else what the part itself says. */
async function work(
  part: Extract<SandboxPart, { handle: unknown }>,
  request: SandboxRequest,
  fault: Fault | null,
): Promise<SandboxResponse> {
  if (fault?.kind === 'status_500') return { status: 500, body: { message: 'Server Error' } }
  if (fault?.kind === 'status_502') return badGateway()
  if (fault?.kind === 'timeout') {
    await sleep(fault.delayMs ?? TIMEOUT_DEFAULT_MS)
    return badGateway()
  }
  if (fault?.kind === 'slow') await sleep(fault.delayMs ?? SLOW_DEFAULT_MS)
  return part.handle({ ...request, fault })
}

function badGateway(): SandboxResponse {
  const body = '<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>'
  return { status: 502, headers: { 'content-type': 'text/html' }, body }
}

function findPart(parts: readonly SandboxPart[], path: string): SandboxPart | undefined {
  const hits = parts.filter(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))
  return hits.toSorted((a, b) => b.prefix.length - a.prefix.length)[0]
}

async function readRequest(incoming: IncomingMessage, url: URL, prefix: string): Promise<SandboxRequest> {
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname.slice(prefix.length) || '/',
    url,
    query: url.searchParams,
    headers: incoming.headers,
    body: await readBody(incoming),
    params: {},
    fault: null,
  }
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    const buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += buffer.length
    if (size > BODY_LIMIT_BYTES) throw new Error('request body over 1 MiB')
    chunks.push(buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function send(
  outgoing: ServerResponse,
  response: SandboxResponse,
  how: { truncate: boolean; headOnly: boolean },
): void {
  const { status, body } = response
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(response.headers ?? {})) headers[name.toLowerCase()] = value
  if (status === 204 || status === 304 || body === undefined) {
    outgoing.writeHead(status, headers).end()
    return
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  headers['content-type'] ??= typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8'
  outgoing.writeHead(status, headers)
  if (how.headOnly) outgoing.end()
  else outgoing.end(how.truncate ? text.slice(0, Math.floor(text.length / 2)) : text)
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
