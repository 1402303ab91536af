export type LoggedRequest = {
  sequence: number
  at: string
  method: string
  /** Path with query; secrets and codes in the query are masked. */
  path: string
  status: number
  account: string | null
  costPoints: number
  durationMs: number
  fault: string | null
}

const MASKED_PARAMETERS = ['access_token', 'client_secret', 'code', 'code_verifier', 'refresh_token']
const KEPT_REQUESTS = 200_000

/** What was asked of the sandbox, in order, for tests and benchmarks that count requests and points. */
export class RequestLog {
  #entries: LoggedRequest[] = []
  #sequence = 0

  add(entry: Omit<LoggedRequest, 'sequence'>): void {
    this.#sequence += 1
    this.#entries.push({ ...entry, sequence: this.#sequence })
    if (this.#entries.length > KEPT_REQUESTS) this.#entries = this.#entries.slice(-KEPT_REQUESTS / 2)
  }

  /** Entries after a sequence number, oldest first. */
  since(sequence: number): readonly LoggedRequest[] {
    return this.#entries.filter((entry) => entry.sequence > sequence)
  }

  get lastSequence(): number {
    return this.#sequence
  }

  clear(): void {
    this.#entries = []
  }
}

export function maskedPath(url: URL): string {
  const masked = new URL(url)
  for (const name of MASKED_PARAMETERS) if (masked.searchParams.has(name)) masked.searchParams.set(name, '***')
  return masked.pathname + masked.search
}
