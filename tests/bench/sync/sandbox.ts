import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import { SANDBOX_CLIENTS } from '@/sandbox/options'
import { setAppEnv } from '@/tests/setup/app-env'
import type { Asked } from './sandbox-process'

const countSchema = z.object({
  requests: z.number(),
  points: z.number(),
  workMs: z.number(),
  last: z.number(),
  paths: z.record(z.string(), z.number()),
})
export type Counted = z.infer<typeof countSchema>

export type WorldSize = { peopleCount: number; pullRequestCount: number; repositoryCount?: number }

/** The outside world of a benchmark, in a process of its own. */
export class BenchSandbox {
  readonly origin: string
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, (answer: unknown) => void>()
  #id = 0

  private constructor(child: ChildProcess, origin: string) {
    this.#child = child
    this.origin = origin
    child.on('message', (message: { id: number; answer: unknown }) => {
      this.#waiting.get(message.id)?.(message.answer)
      this.#waiting.delete(message.id)
    })
  }

  /** Starts it and points the app's code at it. */
  static async start(size: WorldSize): Promise<BenchSandbox> {
    const child = fork(join(import.meta.dirname, 'sandbox-process.ts'), [JSON.stringify(size)], {
      execArgv: ['--import', 'tsx'],
    })
    const origin = await new Promise<string>((resolve, reject) => {
      child.once('message', (message: { answer: { origin: string } }) => resolve(message.answer.origin))
      child.once('exit', () => reject(new Error('the sandbox did not start')))
    })
    setAppEnv({
      GITHUB_URL: `${origin}/github`,
      GITHUB_API_URL: `${origin}/github/api`,
      GITHUB_CLIENT_ID: SANDBOX_CLIENTS.github.clientId,
      GITHUB_CLIENT_SECRET: SANDBOX_CLIENTS.github.clientSecret,
      GITEE_URL: `${origin}/gitee`,
    })
    return new BenchSandbox(child, origin)
  }

  async ask(asked: Asked): Promise<unknown> {
    this.#id += 1
    const id = this.#id
    const answer = new Promise<unknown>((resolve) => this.#waiting.set(id, resolve))
    this.#child.send({ id, asked })
    return answer
  }

  /** What was asked of the platforms since. */
  async count(since: number): Promise<Counted> {
    return countSchema.parse(await this.ask({ what: 'count', since }))
  }

  /** Runs something and counts what it asks. */
  async counted(work: () => Promise<unknown>): Promise<Counted & { seconds: number }> {
    const { last } = await this.count(Number.MAX_SAFE_INTEGER)
    const startedAt = performance.now()
    await work()
    const seconds = (performance.now() - startedAt) / 1000
    return { ...(await this.count(last)), seconds }
  }

  stop(): void {
    this.#child.disconnect()
  }
}
