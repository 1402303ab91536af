import { endLedgerCheck, failLedgerCheck, saveCheckProgress } from '@/lib/db/ledger-checks'
import { withScope } from '@/lib/db/scope'
import type { SystemActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { verifyLedger } from './verify-ledger'
import type { LedgerVerdict } from './view'

type Input = { universityId: string }
type Deps = { now?: () => Date; signal?: AbortSignal; linesAtOnce?: number }

/** A check that was asked for: says how far it is while it runs, and what it found. */
export async function runVerification(actor: SystemActor, input: Input, deps: Deps = {}): Promise<LedgerVerdict> {
  const { universityId } = input
  const now = deps.now ?? (() => new Date())
  const progress = (checkedLines: number, totalLines: number) =>
    withScope(input, (tx) => saveCheckProgress(tx, { universityId, checkedLines, totalLines, now: now() }))
  const verdict = await verifyLedger(actor, input, {
    now: now(),
    onProgress: async (checked, total) => {
      deps.signal?.throwIfAborted()
      await progress(checked, total)
    },
    ...(deps.linesAtOnce === undefined ? {} : { linesAtOnce: deps.linesAtOnce }),
  })
  await withScope(input, (tx) => endLedgerCheck(tx, universityId))
  return verdict
}

/** The run broke off for good: the page says so, and what was found before stays. */
export async function abandonVerification(actor: SystemActor, { universityId }: Input): Promise<void> {
  assertCan(actor, 'ledger.verify', { universityId })
  await withScope({ universityId }, (tx) => failLedgerCheck(tx, universityId))
}
