import { createHash, randomBytes } from 'node:crypto'
import type { NextApiRequest, NextApiResponse } from 'next'
import NextAuth, { type NextAuthOptions } from 'next-auth'
import { z } from 'zod'

/** One call of next-auth, in plain values: no request of a framework, so that tests run the same code. */
export type LibraryCall = {
  action: 'signin' | 'callback'
  providerId: string
  query: Readonly<Record<string, string>>
  cookies: Readonly<Record<string, string>>
  /** The page to come back to; for `signin`. */
  callbackUrl?: string
}

/** Where it sends the browser, and the `Set-Cookie` lines on the way. */
export type LibraryAnswer = { location: string | null; setCookies: string[] }

type Handler = (request: NextApiRequest, response: NextApiResponse, options: NextAuthOptions) => Promise<unknown>

/**
 * Calls next-auth. A sign-in is started by a POST whose origin was checked by the caller; next-auth wants its own
 * double-submitted token besides, which is made here for this one call and never leaves it.
 */
export async function runNextAuth(
  call: LibraryCall,
  options: NextAuthOptions & { secret: string },
): Promise<LibraryAnswer> {
  const csrfToken = randomBytes(32).toString('hex')
  const csrfHash = createHash('sha256').update(`${csrfToken}${options.secret}`).digest('hex')
  const csrfCookie = options.cookies?.csrfToken?.name ?? ''
  const { callbackUrl } = call
  const isStart = call.action === 'signin'
  const request = {
    method: isStart ? 'POST' : 'GET',
    query: { ...call.query, nextauth: [call.action, call.providerId] },
    body: isStart ? { csrfToken, callbackUrl } : {},
    cookies: { ...call.cookies, [csrfCookie]: `${csrfToken}|${csrfHash}` },
    headers: {},
  }
  const answer = new Answer()
  await handler(asRequest.parse(request), asResponse.parse(answer), options)
  const setCookies = answer.setCookies.filter((line) => !line.startsWith(`${csrfCookie}=`))
  return { location: answer.location, setCookies }
}

/** The library reads and writes these members only, of what are Node's request and response in Next's old router. */
const asRequest = z.custom<NextApiRequest>((value) => typeof value === 'object')
const asResponse = z.custom<NextApiResponse>((value) => value instanceof Answer)

/** A CommonJS module whose default export some loaders unwrap and some do not. */
const handler: Handler = 'default' in NextAuth ? (NextAuth as { default: Handler }).default : NextAuth

class Answer {
  #headers = new Map<string, string | string[]>()

  status(): this {
    return this
  }

  getHeader(name: string): string | string[] | undefined {
    return this.#headers.get(name)
  }

  setHeader(name: string, value: string | string[]): this {
    this.#headers.set(name, value)
    return this
  }

  send(): void {}
  json(): void {}
  end(): void {}

  get location(): string | null {
    const location = this.#headers.get('Location')
    return typeof location === 'string' ? location : null
  }

  get setCookies(): string[] {
    return [this.#headers.get('Set-Cookie') ?? []].flat()
  }
}
