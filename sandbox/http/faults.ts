import { z } from 'zod'

/** The first five are the server's own; the others have the form of the platform that is asked. */
export const FAULT_KINDS = [
  'status_500',
  'status_502',
  'timeout',
  'slow',
  'truncate',
  'rate_limit',
  'secondary',
  'resource_limits',
  'shift_page',
] as const

export const faultSchema = z.object({
  match: z
    .object({
      method: z.string().optional(),
      /** Part of the path with query, e.g. `/gitee/api/v5/repos`. */
      path: z.string().optional(),
      /** Part of the body, e.g. the name of a GraphQL operation. */
      body: z.string().optional(),
    })
    .default({}),
  kind: z.enum(FAULT_KINDS),
  /** How many matching requests it hits; it is gone afterwards. */
  times: z.int().positive().default(1),
  /** How many matching requests pass before it begins. */
  afterMatches: z.int().nonnegative().default(0),
  /** For `slow` (default 2,000) and `timeout` (how long the connection hangs before 502; default 10,000). */
  delayMs: z.int().nonnegative().optional(),
  /** For `rate_limit` and `secondary`; default 60. */
  retryAfterSeconds: z.int().nonnegative().default(60),
})

export type Fault = z.infer<typeof faultSchema>

/** Faults that were asked for and are not used up. */
export class Faults {
  #active: Fault[] = []

  add(fault: Fault): void {
    this.#active.push({ ...fault })
  }

  clear(): void {
    this.#active = []
  }

  list(): readonly Fault[] {
    return this.#active
  }

  /** The fault that hits this request, counted down; null when it passes. */
  take(request: { method: string; path: string; body: string }): Fault | null {
    let hit: Fault | null = null
    for (const fault of this.#active) {
      if (!matches(fault, request)) continue
      if (fault.afterMatches > 0) fault.afterMatches -= 1
      else if (!hit) {
        fault.times -= 1
        hit = { ...fault }
      }
    }
    this.#active = this.#active.filter((fault) => fault.times > 0)
    return hit
  }
}

function matches(fault: Fault, request: { method: string; path: string; body: string }): boolean {
  const { method, path, body } = fault.match
  if (method && method.toUpperCase() !== request.method) return false
  if (path && !request.path.includes(path)) return false
  return !body || request.body.includes(body)
}
