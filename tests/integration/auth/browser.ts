import { beginSignIn } from '@/lib/auth/begin-sign-in'
import { type Arrival, finishSignIn } from '@/lib/auth/finish-sign-in'
import { hashSessionToken, sessionCookieName } from '@/lib/auth/session-cookie'
import type { Viewer } from '@/lib/auth/types'
import { toViewer } from '@/lib/auth/viewer'
import { findSessionView } from '@/lib/db/sessions'
import { PlainBrowser } from '@/sandbox/testing/plain-browser'

/** A browser as our doors see it: keeps our cookies by name, and goes to the university's page for real. */
export class SignInBrowser {
  readonly cookies = new Map<string, string>()
  readonly #campus: PlainBrowser

  constructor(readonly identityOrigin: string) {
    this.#campus = new PlainBrowser(identityOrigin)
  }

  async begin(slug: string, options: { returnPath?: string; joining?: Viewer; now?: Date } = {}): Promise<string> {
    const departure = await beginSignIn(
      {
        providerId: `oidc-${slug}`,
        returnPath: options.returnPath,
        joining: options.joining ?? null,
        cookies: Object.fromEntries(this.cookies),
        clientAddress: '203.0.113.7',
        locale: 'zh-CN',
      },
      { now: options.now ?? new Date() },
    )
    this.keep(departure.setCookies)
    return departure.url
  }

  /** At the university's page: chooses who to be, and is sent back with these parameters. */
  async choose(url: string, person: string): Promise<Record<string, string>> {
    const page = await this.#campus.follow(url)
    const landing = page.leftTo ?? (await this.#campus.follow(page.at.href, { form: { person } })).leftTo
    if (landing === null) throw new Error('the university did not send back')
    return Object.fromEntries(landing.searchParams)
  }

  async finish(slug: string, query: Record<string, string>, now = new Date()): Promise<Arrival> {
    const cookies = Object.fromEntries(this.cookies)
    const arrival = await finishSignIn(
      { providerId: `oidc-${slug}`, query, cookies, viewer: await this.viewer() },
      { now },
    )
    this.keep(arrival.setCookies)
    return arrival
  }

  async signIn(slug: string, person: string, returnPath?: string): Promise<Arrival> {
    const url = await this.begin(slug, returnPath === undefined ? {} : { returnPath })
    return this.finish(slug, await this.choose(url, person))
  }

  get token(): string | undefined {
    return this.cookies.get(sessionCookieName())
  }

  async viewer(): Promise<Viewer | null> {
    const session = this.token === undefined ? null : await findSessionView(hashSessionToken(this.token))
    return session && toViewer(session)
  }

  keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split('; ')
      const name = pair.slice(0, pair.indexOf('='))
      const value = decodeURIComponent(pair.slice(pair.indexOf('=') + 1))
      if (value === '' || attributes.includes('Max-Age=0')) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }
}
