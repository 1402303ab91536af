import { redirectAnswer } from '@/lib/http/answers'
import { flashCookie } from '@/lib/http/flash-cookie'
import { afterRefusal } from '@/lib/http/plain-refusal'

export type RefusedDocument = {
  headers: Headers
  /** Of the route: whose words it has, and the page that leads to it, where the browser does not say from where it came. */
  namespace?: string
  page?: `/${string}`
  appUrl: string | undefined
}

/** Whether a browser shows the answer as a page of its own: a link or a form was pressed, no script asks. */
export function isForDocument(headers: Headers): boolean {
  return headers.get('sec-fetch-dest') === 'document'
}

/**
 * The answer to a download that is refused, for eyes: back to the page where it was asked for, which says why. Who is not
 * signed in any more signs in first and comes back there.
 */
export function refuseDocument(code: string, { headers, namespace, page, appUrl }: RefusedDocument): Response {
  const { redirectTo, flash } = afterRefusal(code, pathOfReferrer(headers, appUrl) ?? page ?? null, namespace)
  const answer = redirectAnswer(redirectTo)
  if (flash !== null) answer.headers.append('Set-Cookie', flashCookie(flash, appUrl))
  return answer
}

/** The page of ours that the browser came from; it names pages of ours to us alone (`Referrer-Policy: same-origin`). */
function pathOfReferrer(headers: Headers, appUrl: string | undefined): string | null {
  const referrer = headers.get('referer')
  if (referrer === null || appUrl === undefined || !URL.canParse(referrer) || !URL.canParse(appUrl)) return null
  const url = new URL(referrer)
  return url.origin === new URL(appUrl).origin ? url.pathname + url.search : null
}
