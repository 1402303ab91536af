import { oneOf } from './one-of'
import type { Tx } from './scope'

/** `failed`: the run broke off by itself; what was found before it stays. */
export const CHECK_RUN_STATES = ['idle', 'queued', 'running', 'failed'] as const
export type CheckRunState = (typeof CHECK_RUN_STATES)[number]

/** What the newest whole check found. */
export type CheckResult = {
  checkedAt: Date
  ok: boolean
  /** Lines that hold. */
  lines: number
  /** The first line that does not. */
  sequence: number | null
  entryId: string | null
  /** The filing that does not, where all lines do: "2025-2026-1-2". */
  filing: string | null
  fault: string | null
}

/** How the checking of a ledger stands: the run under way, if any, and the newest result. */
export type LedgerCheckRow = {
  runState: CheckRunState
  checkedLines: number
  totalLines: number
  result: CheckResult | null
}

export async function findLedgerCheck(tx: Tx, universityId: string): Promise<LedgerCheckRow> {
  const row = await tx.ledgerCheck.findUnique({ where: { universityId } })
  if (row === null) return { runState: 'idle', checkedLines: 0, totalLines: 0, result: null }
  const { runState, checkedLines, totalLines, checkedAt, ok, lines, sequence, ...broken } = row
  const { entryId, filing, fault } = broken
  const firstBroken = { sequence: sequence === null ? null : Number(sequence), entryId, filing, fault }
  const result = checkedAt === null || ok === null ? null : { checkedAt, ok, lines: lines ?? 0, ...firstBroken }
  return { runState: oneOf(CHECK_RUN_STATES, runState), checkedLines, totalLines, result }
}

/**
 * Asks for a check. Of two who ask at once one gets `true`; also where one runs already it is `false`, unless nothing was
 * heard of that since `lostBefore`.
 */
export async function claimLedgerCheck(
  tx: Tx,
  { universityId, now, lostBefore }: { universityId: string; now: Date; lostBefore: Date },
): Promise<boolean> {
  const count = await tx.$executeRaw`
    insert into ledger_check as c (university_id, run_state, requested_at, progress_at)
    values (${universityId}::uuid, 'queued', ${now}, ${now})
    on conflict (university_id) do update
       set run_state = 'queued', requested_at = ${now}, progress_at = ${now}, checked_lines = 0, total_lines = 0
     where c.run_state not in ('queued', 'running') or c.progress_at < ${lostBefore}`
  return count === 1
}

/** How far the run is. */
export async function saveCheckProgress(
  tx: Tx,
  progress: { universityId: string; checkedLines: number; totalLines: number; now: Date },
): Promise<void> {
  const { universityId, now, ...lines } = progress
  await tx.ledgerCheck.updateMany({ where: { universityId }, data: { runState: 'running', progressAt: now, ...lines } })
}

/** The run broke off; the result of the one before stays. */
export async function failLedgerCheck(tx: Tx, universityId: string): Promise<void> {
  await tx.ledgerCheck.updateMany({
    where: { universityId, runState: { in: ['queued', 'running'] } },
    data: { runState: 'failed' },
  })
}

/** What a check found, whoever made it. It does not end a run: {@link endLedgerCheck} does. */
export async function saveCheckResult(tx: Tx, universityId: string, result: CheckResult): Promise<void> {
  const { sequence, ...values } = result
  const data = { ...values, sequence: sequence === null ? null : BigInt(sequence) }
  await tx.ledgerCheck.upsert({ where: { universityId }, create: { universityId, ...data }, update: data })
}

/** The run is over. */
export async function endLedgerCheck(tx: Tx, universityId: string): Promise<void> {
  await tx.ledgerCheck.updateMany({ where: { universityId }, data: { runState: 'idle' } })
}
