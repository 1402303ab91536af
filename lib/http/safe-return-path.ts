const MAX_LENGTH = 2000
const BASE = 'http://return.invalid'

function isPlain(text: string): boolean {
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    if (code <= 0x20 || code === 0x7f || char === '\\') return false
  }
  return true
}

/**
 * A path of this app to go back to, or the fallback. Takes only what cannot leave the host: one leading
 * slash, no backslash, no blank or control character; and no `/api/…`, which is not a page.
 */
export function safeReturnPath(wanted: string | null | undefined, fallback: `/${string}` = '/'): `/${string}` {
  if (!wanted || wanted.length > MAX_LENGTH || !wanted.startsWith('/') || !isPlain(wanted)) return fallback
  if (!URL.canParse(wanted, BASE)) return fallback
  const url = new URL(wanted, BASE)
  if (url.origin !== BASE || url.pathname.startsWith('//')) return fallback
  const decoded = decodeSafely(url.pathname)
  if (decoded === null || /^\/{2}|\\/.test(decoded) || /^\/api(\/|$)/i.test(decoded)) return fallback
  return `/${url.pathname.slice(1)}${url.search}${url.hash}`
}

function decodeSafely(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}
