import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'

const storage = new AsyncLocalStorage<string>()
const shape = /^[A-Za-z0-9_-]{8,64}$/

/** Runs `work` so that each log line in it carries the request's id. */
export function withRequestId<T>(id: string, work: () => T): T {
  return storage.run(id, work)
}

export function currentRequestId(): string | undefined {
  return storage.getStore()
}

/** The id that a proxy in front of us gave the request, if it looks like one, else a new one. */
export function requestIdFrom(header: string | null | undefined): string {
  return header && shape.test(header) ? header : randomUUID()
}
