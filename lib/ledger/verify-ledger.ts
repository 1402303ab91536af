import { recordAuditEvent } from '@/lib/db/audit-events'
import { saveCheckResult } from '@/lib/db/ledger-checks'
import { findLedgerEnd, findStoredPolicy, listStoredLines } from '@/lib/db/ledger-verification'
import { type Tx, withScope } from '@/lib/db/scope'
import type { Actor } from '@/lib/domain/actor'
import { type ChainHead, genesisHead, verifyLine } from '@/lib/domain/ledger'
import { assertCan } from '@/lib/domain/permissions'
import { checkFilings } from './check-filings'
import { checkLine, type Material } from './check-line'
import type { FoundFault } from './faults'
import { loadMaterial } from './load-material'
import type { LedgerVerdict } from './view'

export type VerifyDeps = {
  now: Date
  /** Told after each page, for whoever waits. */
  onProgress?: (checked: number, total: number) => void | Promise<void>
  linesAtOnce?: number
}

const LINES_AT_ONCE = 200
const TIMEOUT_SECONDS = 120

/**
 * Checks a university's ledger from its first line to its head: the chain, the particulars, who decided, and every
 * figure computed again from evidence, rules and earlier lines; then what was filed of it, from the entries that are in each
 * filing. It reads page by page, each in a transaction of its own, and stops at the first line, or filing, that does not hold.
 * Lines that are added meanwhile are left to the next time. The outcome is kept for the ledger's page, and audited.
 */
export async function verifyLedger(
  actor: Actor,
  { universityId }: { universityId: string },
  deps: VerifyDeps = { now: new Date() },
): Promise<LedgerVerdict> {
  assertCan(actor, 'ledger.verify', { universityId })
  const lines = await walk(universityId, deps)
  const verdict = lines.ok ? await walkFilings(lines) : lines
  await keepVerdict(actor, verdict, deps.now)
  return verdict
}

async function keepVerdict(actor: Actor, verdict: LedgerVerdict, now: Date): Promise<void> {
  const { universityId, ok, lines } = verdict
  const broken = verdict.ok ? NOTHING_BROKEN : verdict
  const { sequence, entryId, filing, fault } = broken
  await withScope({ universityId }, async (tx) => {
    await saveCheckResult(tx, universityId, { checkedAt: now, ok, lines, sequence, entryId, filing, fault })
    await recordAuditEvent(tx, {
      actor,
      action: 'ledger.verified',
      subject: { kind: 'university', id: universityId },
      data: { ok, lines, fault },
      occurredAt: now,
      universityId,
    })
  })
}

const NOTHING_BROKEN = { sequence: null, entryId: null, filing: null, fault: null }

/** The lines hold: so must what was handed out of them. */
async function walkFilings(verdict: LedgerVerdict & { ok: true }): Promise<LedgerVerdict> {
  const { universityId, lines } = verdict
  const failed = await checkFilings(universityId)
  return failed === null ? verdict : { ok: false, universityId, lines, sequence: null, entryId: null, ...failed }
}

type End = Awaited<ReturnType<typeof findLedgerEnd>>

async function walk(universityId: string, deps: VerifyDeps): Promise<LedgerVerdict> {
  const end = await withScope({ universityId }, (tx) => findLedgerEnd(tx, universityId))
  const policies: PolicyCache = new Map()
  let head = genesisHead(universityId)
  while (head.sequence < end.sequence) {
    const limit = Math.min(deps.linesAtOnce ?? LINES_AT_ONCE, end.sequence - head.sequence)
    const page = await withScope({ universityId }, (tx) => checkPage(tx, { head, limit, policies }), {
      timeoutSeconds: TIMEOUT_SECONDS,
    })
    if (page.failed) return { ok: false, universityId, filing: null, ...page.failed }
    if (page.head.sequence === head.sequence) break
    head = page.head
    await deps.onProgress?.(head.sequence, end.sequence)
  }
  return checkEnd(head, end)
}

/** Lines may also be missing, or too many, after the last that holds. */
function checkEnd(head: ChainHead, end: End): LedgerVerdict {
  const { universityId, sequence, hash } = head
  const holds = sequence === end.sequence && end.lastLine === sequence && (end.hash === null || end.hash === hash)
  if (holds && (end.hash !== null || sequence === 0)) {
    return { ok: true, universityId, lines: sequence, head: { sequence, hash } }
  }
  return {
    ok: false,
    universityId,
    lines: sequence,
    sequence: sequence === end.sequence && end.lastLine === sequence ? sequence : sequence + 1,
    entryId: null,
    filing: null,
    fault: 'head_differs',
    data: { expected: `${end.sequence} ${end.hash ?? ''}`.trim(), found: `${sequence} ${hash}` },
  }
}

type PolicyCache = Map<string, Material['policy']>
type PageInput = { head: ChainHead; limit: number; policies: PolicyCache }
type Failed = FoundFault & { lines: number; sequence: number; entryId: string }

async function checkPage(tx: Tx, input: PageInput): Promise<{ head: ChainHead; failed: Failed | null }> {
  const { universityId } = input.head
  const lines = await listStoredLines(tx, { universityId, afterSequence: input.head.sequence, limit: input.limit })
  const material = await loadMaterial(tx, { universityId, lines })
  let head = input.head
  for (const stored of lines) {
    const { body } = stored.line
    const chained = verifyLine(head, stored.line)
    const failure = (found: FoundFault) => ({
      head,
      failed: { ...found, lines: head.sequence, sequence: body.sequence, entryId: body.entryId },
    })
    if (!chained.ok) return failure({ fault: chained.fault, data: chained.data })
    const policy = await policyOf(tx, { universityId, policyVersionId: body.policyVersionId, policies: input.policies })
    const earlier = material.earlier.filter((one) => one.memberId === body.memberId && one.sequence < body.sequence)
    const found = checkLine(stored, { ...material, earlier, policy })
    if (found) return failure(found)
    head = chained.head
  }
  return { head, failed: null }
}

type PolicyQuery = { universityId: string; policyVersionId: string | null; policies: PolicyCache }

async function policyOf(tx: Tx, { universityId, policyVersionId, policies }: PolicyQuery): Promise<Material['policy']> {
  if (policyVersionId === null) return null
  const known = policies.get(policyVersionId)
  if (known !== undefined) return known
  const policy = await findStoredPolicy(tx, { universityId, policyVersionId })
  policies.set(policyVersionId, policy)
  return policy
}
