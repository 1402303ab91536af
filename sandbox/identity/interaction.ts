import type { IncomingMessage, ServerResponse } from 'node:http'
import type Provider from 'oidc-provider'
import { errors } from 'oidc-provider'
import { PAGE_HEADERS, renderMessagePage } from '../http/page'
import { renderChoicePage } from './page'
import type { IdentityPerson } from './people'
import { subjectOf } from './people'
import { IDENTITY_WORDS, pickLocale } from './words'

const MAX_FORM_BYTES = 16 * 1024

export type SignInDesk = {
  provider: Provider
  slug: string
  universityName: string
  people: readonly IdentityPerson[]
}

/** The page of one sign-in: GET shows whom one can be, POST `person=KEY` chooses, POST `cancel=1` refuses. */
export async function answerInteraction(desk: SignInDesk, req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    const { params } = await desk.provider.interactionDetails(req, res)
    if (req.method === 'POST') return await answerChoice(desk, req, res)
    if (req.method !== 'GET' && req.method !== 'HEAD') return sendPage(res, 405, '')
    const uiLocales = typeof params.ui_locales === 'string' ? params.ui_locales : undefined
    const loginHint = typeof params.login_hint === 'string' ? params.login_hint : ''
    const query = new URL(req.url ?? '/', 'http://localhost').searchParams.get('q') ?? loginHint
    sendPage(
      res,
      200,
      renderChoicePage({
        locale: pickLocale(uiLocales, req.headers['accept-language']),
        universityName: desk.universityName,
        people: desk.people,
        query: query.slice(0, 100),
      }),
    )
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error
    const locale = pickLocale(undefined, req.headers['accept-language'])
    const words = IDENTITY_WORDS[locale]
    sendPage(res, 400, renderMessagePage(locale, words.expiredTitle, words.expired))
  }
}

async function answerChoice(desk: SignInDesk, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const form = await readForm(req)
  if (form?.has('cancel')) {
    const result = { error: 'access_denied', error_description: 'the person cancelled the sign-in' }
    return desk.provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false })
  }
  const person = desk.people.find(({ key }) => key === form?.get('person'))
  if (person === undefined) {
    const locale = pickLocale(undefined, req.headers['accept-language'])
    const words = IDENTITY_WORDS[locale]
    return sendPage(res, 422, renderMessagePage(locale, words.errorTitle, words.noResults))
  }
  const result = { login: { accountId: subjectOf(desk.slug, person.key) } }
  await desk.provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false })
}

async function readForm(req: IncomingMessage): Promise<URLSearchParams | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of req) {
    const part = Buffer.from(chunk)
    bytes += part.length
    if (bytes > MAX_FORM_BYTES) return null
    chunks.push(part)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}

function sendPage(res: ServerResponse, status: number, html: string): void {
  res.writeHead(status, PAGE_HEADERS).end(html)
}
