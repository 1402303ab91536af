/**
 * A browser without a screen, for tests that sign in by plain HTTP: keeps cookies by path, follows redirects of the
 * sandbox one at a time, and never goes to another origin.
 */
export class PlainBrowser {
  readonly #origin: string
  readonly #cookies = new Map<string, { value: string; path: string }>()

  constructor(origin: string) {
    this.#origin = origin
  }

  async request(address: string, init: { method?: string; form?: Record<string, string> } = {}): Promise<Response> {
    const url = new URL(address, this.#origin)
    const response = await fetch(url, {
      method: init.method ?? (init.form ? 'POST' : 'GET'),
      redirect: 'manual',
      headers: { cookie: this.#cookieHeader(url.pathname), 'accept-language': 'zh-CN' },
      ...(init.form ? { body: new URLSearchParams(init.form) } : {}),
    })
    for (const line of response.headers.getSetCookie()) this.#keepCookie(line)
    return response
  }

  /** Follows redirects inside the sandbox; returns the last answer and, where it leads away, that address. */
  async follow(address: string, init: { form?: Record<string, string> } = {}): Promise<Landing> {
    let response = await this.request(address, init)
    let at = new URL(address, this.#origin)
    for (let hops = 0; hops < 10; hops += 1) {
      const location = response.headers.get('location')
      if (location === null) return { response, at, leftTo: null }
      at = new URL(location, at)
      if (at.origin !== this.#origin) return { response, at, leftTo: at }
      response = await this.request(at.href)
    }
    throw new Error(`too many redirects from ${address}`)
  }

  /** Another browser with the same cookies, as if somebody had copied them. */
  copy(): PlainBrowser {
    const other = new PlainBrowser(this.#origin)
    for (const [name, cookie] of this.#cookies) other.#cookies.set(name, cookie)
    return other
  }

  cookieNames(): string[] {
    return [...this.#cookies.keys()]
  }

  #cookieHeader(path: string): string {
    return [...this.#cookies]
      .filter(([, cookie]) => path === cookie.path || path.startsWith(cookie.path.replace(/\/?$/, '/')))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ')
  }

  #keepCookie(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
    const name = pair.slice(0, pair.indexOf('='))
    const value = pair.slice(pair.indexOf('=') + 1)
    const path = attributes.find((part) => part.toLowerCase().startsWith('path='))?.slice(5) ?? '/'
    if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(name)
    else this.#cookies.set(name, { value, path })
  }
}

export type Landing = { response: Response; at: URL; leftTo: URL | null }
