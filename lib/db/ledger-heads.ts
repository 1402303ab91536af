import { type ChainHead, genesisHash, genesisHead } from '@/lib/domain/ledger'
import type { Tx } from './scope'

/** The newest line of a university's ledger; of an empty one, the beginning. */
export async function findLedgerHead(tx: Tx, universityId: string): Promise<ChainHead> {
  const row = await tx.ledgerHead.findUnique({ where: { universityId } })
  return row ? { universityId, sequence: Number(row.sequence), hash: row.hash } : genesisHead(universityId)
}

/** The hash of a line, or null where there is none of that number. */
export async function findLineHash(
  tx: Tx,
  { universityId, sequence }: { universityId: string; sequence: number },
): Promise<string | null> {
  const row = await tx.creditEntry.findUnique({
    where: { universityId_sequence: { universityId, sequence: BigInt(sequence) } },
    select: { hash: true },
  })
  return row?.hash ?? null
}

/**
 * Waits for the end of the ledger and holds it until the transaction ends: lines are added one after the other. Whoever
 * holds a student's credits too takes them first (see lockStudentCredits), or two could wait for each other.
 */
export async function lockLedgerHead(tx: Tx, universityId: string): Promise<ChainHead> {
  await tx.$executeRaw`
    insert into ledger_head (university_id, sequence, hash)
    values (${universityId}::uuid, 0, ${genesisHash(universityId)}) on conflict do nothing`
  const rows = await tx.$queryRaw<{ sequence: bigint; hash: string }[]>`
    select sequence, hash from ledger_head where university_id = ${universityId}::uuid for update`
  const [row] = rows
  if (!row) throw new Error(`university ${universityId}: its ledger has no head`)
  return { universityId, sequence: Number(row.sequence), hash: row.hash }
}

/** Moves the held head to the line that was added. */
export async function moveLedgerHead(tx: Tx, head: ChainHead): Promise<void> {
  const { count } = await tx.ledgerHead.updateMany({
    where: { universityId: head.universityId, sequence: BigInt(head.sequence - 1) },
    data: { sequence: BigInt(head.sequence), hash: head.hash },
  })
  if (count !== 1) throw new Error(`university ${head.universityId}: its ledger's head was not held`)
}
