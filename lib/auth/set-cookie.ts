import { cookieOptions } from '@/lib/auth/session-cookie'

/** A `Set-Cookie` line for a cookie of ours, as strict as cookies get. The value must be free of `;`, blanks and quotes. */
export function setCookieLine(name: string, value: string, lasts: { maxAgeSeconds: number }): string {
  const secure = cookieOptions().secure ? '; Secure' : ''
  return `${name}=${value}; Path=/; Max-Age=${lasts.maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`
}

/** A `Set-Cookie` line that takes a cookie away. */
export function expireCookie(name: string): string {
  return setCookieLine(name, '', { maxAgeSeconds: 0 })
}
