import { type NextRequest, NextResponse } from 'next/server'
import { FLASH_COOKIE, FLASH_HEADER } from '@/lib/http/flash-cookie'
import { isFormTooLarge, refuseLargeForm } from '@/lib/http/form-size'
import { isTrustedOrigin } from '@/lib/http/origin-check'
import { REQUEST_ID_HEADER } from '@/lib/http/request-id'
import { REQUEST_PATH_HEADER } from '@/lib/http/request-path'
import { securityHeaders } from '@/lib/http/security-headers'

function newNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
}

/**
 * What holds for every request: an id, a nonce and the headers built on it, and no change asked for by a
 * page of another host, and no form that is larger than any may be. Who may do what is decided further in, never here.
 */
export function proxy(request: NextRequest): Response {
  const appUrl = process.env.APP_URL
  const requestId = crypto.randomUUID()
  const guards = securityHeaders({
    nonce: newNonce(),
    isDevelopment: process.env.NODE_ENV === 'development',
    isHttps: appUrl?.startsWith('https://') ?? false,
  })

  if (!isTrustedOrigin({ method: request.method, headers: request.headers, appUrl })) {
    const refusal = { error: { code: 'foreign_origin', message: 'Requests from other sites are refused.', requestId } }
    return NextResponse.json(refusal, { status: 403, headers: { ...guards, [REQUEST_ID_HEADER]: requestId } })
  }

  const { method, headers } = request
  const sent = { method, headers, path: request.nextUrl.pathname + request.nextUrl.search }
  if (isFormTooLarge(sent)) {
    const answer = refuseLargeForm(sent, { appUrl })
    for (const [name, value] of Object.entries(guards)) answer.headers.set(name, value)
    answer.headers.set(REQUEST_ID_HEADER, requestId)
    return answer
  }

  const forwarded = new Headers(request.headers)
  forwarded.set(REQUEST_ID_HEADER, requestId)
  forwarded.set(REQUEST_PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search)
  // Next.js reads the nonce for its own scripts from here.
  forwarded.set('Content-Security-Policy', guards['Content-Security-Policy'] ?? '')
  const flash = request.cookies.get(FLASH_COOKIE)?.value
  if (flash !== undefined && /^\w{1,64}$/.test(flash)) forwarded.set(FLASH_HEADER, flash)
  else forwarded.delete(FLASH_HEADER)
  const response = NextResponse.next({ request: { headers: forwarded } })
  for (const [name, value] of Object.entries(guards)) response.headers.set(name, value)
  response.headers.set(REQUEST_ID_HEADER, requestId)
  if (request.method === 'GET' && flash !== undefined) response.cookies.delete(FLASH_COOKIE)
  return response
}

export const config = { matcher: '/((?!_next/static/|_next/image|icon\\.svg).*)' }
