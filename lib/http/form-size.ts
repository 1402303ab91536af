import { flashCookie } from '@/lib/http/flash-cookie'
import { MAX_FORM_BYTES } from '@/lib/http/max-form-bytes'
import { afterRefusal } from '@/lib/http/plain-refusal'

type Sent = { method: string; headers: Headers; path: string }

/** Whether a form says that it is larger than any may be. Routes count what they read by limits of their own. */
export function isFormTooLarge({ method, headers, path }: Sent): boolean {
  return method === 'POST' && !path.startsWith('/api/') && Number(headers.get('content-length') ?? 0) > MAX_FORM_BYTES
}

/** Said by the proxy, which does not know the reader's language yet. */
const WORDS = '提交的内容超出大小限制，未被接收。\nThat is larger than allowed, and was not taken.\n'

/** 413, before a byte of it is read. Where a script asked, the page is drawn again and says so; else the answer itself does. */
export function refuseLargeForm({ headers, path }: Sent, { appUrl }: { appUrl: string | undefined }): Response {
  const answer = new Response(WORDS, { status: 413, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
  if (!headers.has('next-action')) return answer
  const { redirectTo, flash } = afterRefusal('body_too_large', path)
  answer.headers.set('x-action-redirect', `${redirectTo};replace`)
  if (flash !== null) answer.headers.append('Set-Cookie', flashCookie(flash, appUrl))
  return answer
}
