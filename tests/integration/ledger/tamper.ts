import { listStoredLines } from '@/lib/db/ledger-verification'
import { withScope } from '@/lib/db/scope'
import { canonicalHash } from '@/lib/domain/canonical-json'
import { entryHash } from '@/lib/domain/ledger'
import type { TestWorld } from '@/tests/factories'

const GUARDED = [
  'credit_entry',
  'credit_entry_student',
  'evidence',
  'evidence_file',
  'decision',
  'policy_version',
  'ledger_head',
  'filing',
  'filing_entry',
]

/** As an owner of the database could: with the triggers asleep. */
export async function tamper(world: TestWorld, sql: string, ...values: unknown[]): Promise<void> {
  await world.db.$transaction(async (tx) => {
    await tx.$executeRawUnsafe(`set local session_replication_role = replica`)
    for (const table of GUARDED) await tx.$executeRawUnsafe(`alter table ${table} disable trigger all`)
    await tx.$executeRawUnsafe(sql, ...values)
    for (const table of GUARDED) await tx.$executeRawUnsafe(`alter table ${table} enable trigger all`)
    for (const table of ['credit_entry', 'evidence', 'evidence_file', 'decision', 'filing', 'filing_entry']) {
      await tx.$executeRawUnsafe(`alter table ${table} enable always trigger append_only`)
    }
  })
}

/** What somebody with every right could do: change a line and compute all hashes from there on again. */
export async function rewriteChain(
  world: TestWorld,
  universityId: string,
  changeOf: (sequence: number) => { creditHundredths?: number; prior?: unknown },
): Promise<void> {
  const lines = await withScope({ universityId }, (tx) =>
    listStoredLines(tx, { universityId, afterSequence: 0, limit: 10 }),
  )
  let previousHash = lines[0]?.line.previousHash ?? ''
  for (const { line, calculation } of lines) {
    const { creditHundredths = line.body.creditHundredths, prior } = changeOf(line.body.sequence)
    const stored = prior === undefined || calculation === null ? calculation : { ...Object(calculation), prior }
    const body = { ...line.body, creditHundredths, calculationHash: canonicalHash(stored) }
    const hash = entryHash(previousHash, body)
    await tamper(
      world,
      `update credit_entry set credit_hundredths = $3, calculation = $4::jsonb, calculation_hash = $5, previous_hash = $6, hash = $7
        where university_id = $1::uuid and sequence = $2`,
      universityId,
      body.sequence,
      creditHundredths,
      JSON.stringify(stored),
      body.calculationHash,
      previousHash,
      hash,
    )
    previousHash = hash
  }
  await tamper(world, `update ledger_head set hash = $2 where university_id = $1::uuid`, universityId, previousHash)
}
