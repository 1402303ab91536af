import { cookies, headers } from 'next/headers'
import { finishSignIn } from '@/lib/auth/finish-sign-in'
import { getViewer } from '@/lib/auth/session'
import { redirectAnswer } from '@/lib/http/answers'
import { reportUnexpected } from '@/lib/http/report'
import { REQUEST_ID_HEADER } from '@/lib/http/request-id'

const MAX_PARAMETER_LENGTH = 4000

/**
 * Where the university sends the browser back to. Not made by createPublicRoute: universities add parameters of their
 * own, and whatever goes wrong here is answered with a page that a person can read.
 */
export async function GET(request: Request, context: { params: Promise<{ provider: string }> }): Promise<Response> {
  const [{ provider }, jar, sent] = await Promise.all([context.params, cookies(), headers()])
  const query = [...new URL(request.url).searchParams].filter(([, value]) => value.length <= MAX_PARAMETER_LENGTH)
  try {
    const arrival = await finishSignIn(
      {
        providerId: provider,
        query: Object.fromEntries(query),
        cookies: Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value])),
        viewer: await getViewer(),
      },
      { now: new Date() },
    )
    const answer = redirectAnswer(arrival.path)
    for (const line of arrival.setCookies) answer.headers.append('Set-Cookie', line)
    return answer
  } catch (error) {
    reportUnexpected(error, { requestId: sent.get(REQUEST_ID_HEADER) ?? '', route: 'session.finish' })
    return redirectAnswer('/sign-in?error=unexpected')
  }
}
