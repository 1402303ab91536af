import type { ErrorKind } from '@/lib/domain/errors'

/** HTTP status of each kind of refusal. */
export const STATUS_OF_KIND: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rate_limited: 429,
  unavailable: 503,
}

const NO_STORE = 'private, no-store'

/** A JSON answer, never cached. */
export function jsonAnswer(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(value, { status, headers: { 'Cache-Control': NO_STORE, ...headers } })
}

export type ErrorBody = { error: { code: string; message: string; requestId: string } }

/** What every refused request is answered with. */
export function errorAnswer(status: number, error: ErrorBody['error'], headers: Record<string, string> = {}): Response {
  return jsonAnswer({ error } satisfies ErrorBody, status, headers)
}

export const CONTENT_TYPES = {
  csv: 'text/csv; charset=utf-8',
  csvGb18030: 'text/csv; charset=gb18030',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
  pdf: 'application/pdf',
} as const

/** RFC 6266: an ASCII name for old clients, the real one (Chinese included) for the rest. */
export function contentDisposition(fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

export type Download = {
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | string
  fileName: string
  contentType: (typeof CONTENT_TYPES)[keyof typeof CONTENT_TYPES]
  headers?: Record<string, string>
}

/** A file to keep. A stream is passed on as it comes; when it breaks, so does the download, visibly. */
export function downloadAnswer({ body, fileName, contentType, headers = {} }: Download): Response {
  return new Response(body, {
    headers: {
      'Content-Type': contentType,
      'Content-Disposition': contentDisposition(fileName),
      'Cache-Control': NO_STORE,
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
  })
}

/** To another page of this app, by GET. The path comes from code or from safeReturnPath. */
export function redirectAnswer(path: `/${string}`): Response {
  return new Response(null, { status: 303, headers: { Location: path, 'Cache-Control': NO_STORE } })
}
