import { z } from 'zod'
import { isHeadOfUnknownKey, readSignedHead } from '@/lib/config/ledger-signing'
import {
  type FiledEntries,
  listStoredFilings,
  listToldFilings,
  type StoredFiling,
  sumFiledEntries,
  type ToldFiling,
} from '@/lib/db/filed-entries'
import { findLineHash } from '@/lib/db/ledger-heads'
import { withScope } from '@/lib/db/scope'
import { canonicalJson } from '@/lib/domain/canonical-json'
import { filingStatement } from '@/lib/domain/filing'
import { differs, type FoundFault } from './faults'

/** A filing that does not hold, as reports name it ("2025-2026-1-2"), and why. */
export type FailedFiling = FoundFault & { filing: string }

const TIMEOUT_SECONDS = 120
const TOLD_AT_ONCE = 200

const headSchema = z.object({ universityId: z.string(), sequence: z.int(), hash: z.string(), filing: z.json() })

/**
 * Counts and sums every filing anew from the entries that are in it, and compares its signed head with it and with the ledger
 * as it is now; one that the audit log tells of must be there. For a ledger whose lines hold.
 * @returns the first that does not hold, or null; one whose key is not known here only where no other has a fault, since that
 *   may be a setting that is missing
 */
export async function checkFilings(
  universityId: string,
  toldAtOnce: number = TOLD_AT_ONCE,
): Promise<FailedFiling | null> {
  const gone = await findGone(universityId, toldAtOnce)
  if (gone !== null) return { filing: nameOf(gone), ...differs('filing_missing', gone.filingId, null) }
  const filings = await withScope({ universityId }, (tx) => listStoredFilings(tx, universityId))
  let ofUnknownKey: FailedFiling | null = null
  for (const [index, filing] of filings.entries()) {
    const before = filings[index - 1]
    const expected = before?.termId === filing.termId ? before.ordinal + 1 : 1
    if (filing.ordinal !== expected) {
      return {
        filing: nameOf({ ...filing, ordinal: expected }),
        ...differs('filing_missing', expected, filing.ordinal),
      }
    }
    const found = await checkFiling(universityId, filing)
    if (found?.fault === 'filing_key_unknown') ofUnknownKey ??= { filing: nameOf(filing), ...found }
    else if (found) return { filing: nameOf(filing), ...found }
  }
  return ofUnknownKey
}

/** The numbers of those that are there show no gap where it was the newest, or the only one: the audit log does. */
async function findGone(universityId: string, limit: number): Promise<ToldFiling | null> {
  let after: ToldFiling | null = null
  for (;;) {
    const page: ToldFiling[] = await withScope({ universityId }, (tx) =>
      listToldFilings(tx, { universityId, after, limit }),
    )
    const gone = page.find(({ isThere }) => !isThere)
    if (gone !== undefined) return gone
    if (page.length < limit) return null
    after = page.at(-1) ?? null
  }
}

const nameOf = ({ termCode, ordinal }: Pick<StoredFiling, 'termCode' | 'ordinal'>): string => `${termCode}-${ordinal}`

async function checkFiling(universityId: string, filing: StoredFiling): Promise<FoundFault | null> {
  const key = { universityId, ...filing }
  const filed = await withScope({ universityId }, (tx) => sumFiledEntries(tx, key), { timeoutSeconds: TIMEOUT_SECONDS })
  return checkEntries(filing, filed) ?? (await checkSignedHead(universityId, filing))
}

function checkEntries(filing: StoredFiling, filed: FiledEntries): FoundFault | null {
  if (filed.entries !== filing.entryCount) return differs('filing_entries_differ', filed.entries, filing.entryCount)
  if (filed.ofOtherTerm > 0) return differs('filing_entries_differ', 0, filed.ofOtherTerm)
  if (filed.lastSequence !== filing.lastSequence) {
    return differs('filing_entries_differ', filed.lastSequence, filing.lastSequence)
  }
  if (filed.entriesSha256 !== filing.entriesSha256) {
    return differs('filing_entries_differ', filed.entriesSha256, filing.entriesSha256)
  }
  if (filed.hundredths === filing.totalHundredths) return null
  return differs('filing_total_differs', filed.hundredths, filing.totalHundredths)
}

/** What was signed with a filing: that it is this one, and a line which the ledger still has. */
async function checkSignedHead(universityId: string, filing: StoredFiling): Promise<FoundFault | null> {
  if (isHeadOfUnknownKey(filing.signedHead)) return { fault: 'filing_key_unknown', data: {} }
  const head = headSchema.safeParse(await readSignedHead(filing.signedHead))
  if (!head.success) return { fault: 'filing_head_differs', data: { part: 'signature' } }
  const { sequence, hash, ...said } = head.data
  if (
    said.universityId !== universityId ||
    canonicalJson(said.filing) !== canonicalJson(filingStatement(filing).filing)
  ) {
    return { fault: 'filing_head_differs', data: { part: 'filing' } }
  }
  const line = await withScope({ universityId }, (tx) => findLineHash(tx, { universityId, sequence }))
  return line === hash ? null : differs('filing_head_differs', line, hash)
}
