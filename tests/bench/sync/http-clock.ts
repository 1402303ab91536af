/** How long this process waits for answers while it asks one after the other. */
export class HttpClock {
  readonly #original = globalThis.fetch
  #waitedMs = 0

  constructor() {
    const original = this.#original
    globalThis.fetch = async (...asked: Parameters<typeof fetch>) => {
      const startedAt = performance.now()
      const answer = await original(...asked)
      // The body is part of the answer: it is read here, and handed on whole.
      const body = answer.body === null ? null : await answer.arrayBuffer()
      this.#waitedMs += performance.now() - startedAt
      const { status, headers } = answer
      return new Response(body, { status, headers })
    }
  }

  /** Ends the measuring; seconds waited. */
  stop(): number {
    globalThis.fetch = this.#original
    return this.#waitedMs / 1000
  }
}
