const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? '')

export type Departure = {
  url: string
  /** Origins that may be left for: the configured platforms, the university's sign-in. Nothing else. */
  allowedOrigins: readonly string[]
  /** In the reader's language: the title, and the link for who is not taken along. */
  words: { lang: string; title: string; link: string }
  headers?: Headers
}

/**
 * Sends the browser to another host after a form was posted. Chromium checks `form-action` along the redirects
 * of a post, so a 303 would need every university's sign-in in the policy; a page that moves on by itself does not.
 * @throws RangeError for an address that is not allowed: that is a bug or an attack, never the reader's mistake.
 */
export function leaveFor({ url, allowedOrigins, words, headers }: Departure): Response {
  const target = new URL(url)
  const isHttp = target.protocol === 'https:' || target.protocol === 'http:'
  if (!isHttp || target.username !== '' || !allowedOrigins.includes(target.origin)) {
    throw new RangeError(`not an address to leave for: ${target.origin}`)
  }
  const answer = new Headers(headers)
  answer.set('Content-Type', 'text/html; charset=utf-8')
  answer.set('Cache-Control', 'private, no-store')
  answer.set('Refresh', `0; url=${target.href}`)
  const href = escapeHtml(target.href)
  const body = `<!doctype html><html lang="${escapeHtml(words.lang)}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(words.title)}</title><p><a href="${href}" rel="noreferrer">${escapeHtml(words.link)}</a></p></html>`
  return new Response(body, { headers: answer })
}
