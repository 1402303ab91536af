import type { Running } from '@/sandbox/demo/part'

export interface SupervisorNews {
  /** Something ended and was started again. */
  readonly onRestart: (words: string) => void
  /** It ends again and again: the whole should end. */
  readonly onGiveUp: (words: string) => void
}

const MOST_RESTARTS = 3
const WITHIN_MS = 60_000

/** Keeps services running, restarts one that ends by itself, at most three times a minute, and ends all in reverse order. */
export class Supervisor {
  readonly #running = new Map<string, Running>()
  readonly #restarts = new Map<string, number[]>()
  #stopping = false

  constructor(private readonly news: SupervisorNews) {}

  /**
   * Starts a service and keeps it running; resolves when it is ready the first time.
   * @param whenReady waits until the started service answers
   */
  async keep(
    name: string,
    start: () => Promise<Running>,
    whenReady?: (running: Running) => Promise<unknown>,
  ): Promise<void> {
    if (this.#stopping) throw new Error('stopping')
    const running = await start()
    this.#running.set(name, running)
    if (this.#stopping) await running.stop()
    await whenReady?.(running)
    running.exited.then((ending) => this.#ended(name, ending, () => this.keep(name, start, whenReady)))
  }

  /** Something that runs to its end by itself and only has to go with the rest. */
  accompany(name: string, running: Running): void {
    this.#running.set(name, running)
    running.exited.then(() => this.#running.delete(name))
    if (this.#stopping) running.stop()
  }

  pids(): Record<string, number> {
    return Object.fromEntries([...this.#running].map(([name, { pid }]) => [name, pid]))
  }

  /** Ends everything; the first started (the database) last, the others together. */
  async stop(): Promise<void> {
    this.#stopping = true
    const [first, ...others] = [...this.#running.values()]
    await Promise.all(others.map((running) => running.stop()))
    await first?.stop()
  }

  async #ended(name: string, ending: string, again: () => Promise<void>) {
    if (this.#stopping) return
    const recent = (this.#restarts.get(name) ?? []).filter((time) => time > Date.now() - WITHIN_MS)
    if (recent.length >= MOST_RESTARTS)
      return this.news.onGiveUp(`${name} ended ${recent.length + 1} times within a minute (${ending})`)
    this.#restarts.set(name, [...recent, Date.now()])
    try {
      await again()
      if (!this.#stopping) this.news.onRestart(`${name} ended (${ending}) and was started again`)
    } catch (error) {
      if (!this.#stopping) this.news.onGiveUp(`${name} ended (${ending}) and does not start again: ${wordsOf(error)}`)
    }
  }
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
