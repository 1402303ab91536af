import { database } from './client'
import type { Prisma } from './generated/client'

/** A transaction whose statements row-level security binds to a scope. */
export type Tx = Prisma.TransactionClient

/** Who is asking: row-level security shows exactly that. What is left out is nobody. */
export type Scope = {
  universityId?: string | null
  personId?: string | null
  /** Hash of a session token, to find the session it belongs to. */
  sessionTokenHash?: string
  /** The shared catalog may be written. */
  operator?: true
}

export type ScopeOptions = {
  /** All statements see one snapshot; for reports made of several queries. */
  snapshot?: true
  /** Longer than the default for streams and imports. */
  timeoutSeconds?: number
}

/**
 * Runs `work` in one transaction as seen by `scope`: everything it writes is kept, or nothing. The settings end with the
 * transaction, so a pooled connection carries nobody's scope to the next one.
 */
export async function withScope<T>(scope: Scope, work: (tx: Tx) => Promise<T>, options: ScopeOptions = {}): Promise<T> {
  return database().$transaction(
    async (tx) => {
      await setScope(tx, scope)
      return work(tx)
    },
    {
      ...(options.snapshot ? { isolationLevel: 'RepeatableRead' as const } : {}),
      ...(options.timeoutSeconds ? { timeout: options.timeoutSeconds * 1000 } : {}),
    },
  )
}

/**
 * Sets who is asking for the rest of a transaction. Only for what must find out who it is first (a session by its token);
 * everything else names its scope at the start.
 */
export async function setScope(tx: Tx, scope: Scope): Promise<void> {
  await tx.$executeRaw`select
    set_config('app.university', ${scope.universityId ?? ''}, true),
    set_config('app.person', ${scope.personId ?? ''}, true),
    set_config('app.session', ${scope.sessionTokenHash ?? ''}, true),
    set_config('app.operator', ${scope.operator ? 'on' : ''}, true)`
}

/** Waits for the right to change what `key` names, until the transaction ends. Take at most one in a transaction, or in key order. */
export async function lockKey(tx: Tx, key: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`
}
