import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'

const KEPT_RECORDS = 20_000
/** Clients and the like never expire by themselves; they fall out when the store is full. */
const NO_EXPIRY = Number.POSITIVE_INFINITY

type Stored = { payload: AdapterPayload; expiresAtMs: number }

/** Bounded memory for sessions, interactions, codes and tokens: the oldest written record falls out first. */
export function createMemoryStorage(keptRecords = KEPT_RECORDS): AdapterFactory {
  const records = new Map<string, Stored>()

  const read = (key: string): AdapterPayload | undefined => {
    const stored = records.get(key)
    if (stored === undefined) return undefined
    if (stored.expiresAtMs > Date.now()) return stored.payload
    records.delete(key)
    return undefined
  }

  const write = (key: string, stored: Stored): void => {
    records.delete(key)
    records.set(key, stored)
    for (const oldest of records.keys()) {
      if (records.size <= keptRecords) break
      records.delete(oldest)
    }
  }

  const findBy = (model: string, matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined => {
    for (const key of records.keys()) {
      const payload = key.startsWith(`${model}:`) ? read(key) : undefined
      if (payload !== undefined && matches(payload)) return payload
    }
    return undefined
  }

  return (model): Adapter => ({
    async upsert(id, payload, expiresInSeconds) {
      const expiresAtMs = expiresInSeconds === undefined ? NO_EXPIRY : Date.now() + expiresInSeconds * 1000
      write(`${model}:${id}`, { payload, expiresAtMs })
    },
    async find(id) {
      return read(`${model}:${id}`)
    },
    async findByUid(uid) {
      return findBy(model, (payload) => payload.uid === uid)
    },
    async findByUserCode(userCode) {
      return findBy(model, (payload) => payload.userCode === userCode)
    },
    async consume(id) {
      const payload = read(`${model}:${id}`)
      if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000)
    },
    async destroy(id) {
      records.delete(`${model}:${id}`)
    },
    async revokeByGrantId(grantId) {
      for (const [key, stored] of records) {
        if (key.startsWith(`${model}:`) && stored.payload.grantId === grantId) records.delete(key)
      }
    },
  })
}
