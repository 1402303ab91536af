import { withScope } from '@/lib/db/scope'
import type { SystemActor } from '@/lib/domain/actor'
import { abandonVerification, runVerification } from '@/lib/ledger/run-verification'
import { log } from '@/lib/log/log'
import { enqueue } from '@/lib/queue/enqueue'
import type { JobPayload } from '@/lib/queue/jobs'
import type { JobContext } from '@/lib/queue/runner'

/** Checks a ledger that somebody asked to be checked. Asked to stop in the middle, it leaves it to another worker. */
export async function verifyLedger(payload: JobPayload<'verify-ledger'>, context: JobContext): Promise<void> {
  const { universityId } = payload
  const actor: SystemActor = { kind: 'system', name: 'SYSTEM_LEDGER_WATCH', universityId }
  try {
    const verdict = await runVerification(actor, payload, { signal: context.signal })
    const { ok, lines } = verdict
    const { sequence, filing, fault } = verdict.ok ? { sequence: null, filing: null, fault: null } : verdict
    log[ok ? 'info' : 'error']('ledger_verified', { universityId, ok, lines, sequence, filing, fault })
  } catch (error) {
    if (context.signal.aborted) {
      await withScope({ universityId }, (tx) => enqueue(tx, 'verify-ledger', payload))
      return
    }
    if (context.isLastAttempt) await abandonVerification(actor, payload)
    throw error
  }
}
