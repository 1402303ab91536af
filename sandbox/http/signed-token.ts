import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Tokens that carry their own facts, so that one issued before a restart of the sandbox still holds.
 * Form: `<prefix><base64url JSON>.<base64url HMAC>`.
 */
export function signToken(prefix: string, secret: string, facts: Readonly<Record<string, unknown>>): string {
  const payload = Buffer.from(JSON.stringify(facts)).toString('base64url')
  return `${prefix}${payload}.${macOf(prefix + payload, secret)}`
}

/** The facts of a token, or null when it is not one of ours. */
export function readToken(prefix: string, secret: string, token: string): unknown {
  if (!token.startsWith(prefix)) return null
  const [payload, mac] = token.slice(prefix.length).split('.')
  if (!payload || !mac) return null
  const expected = Buffer.from(macOf(prefix + payload, secret))
  const given = Buffer.from(mac)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
}

function macOf(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url').slice(0, 27)
}
