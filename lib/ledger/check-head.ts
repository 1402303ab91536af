import { z } from 'zod'
import { readSignedHead } from '@/lib/config/ledger-signing'
import { findLineHash } from '@/lib/db/ledger-heads'
import { withScope } from '@/lib/db/scope'
import type { OperatorActor } from '@/lib/domain/actor'
import { genesisHash } from '@/lib/domain/ledger'
import { assertCan } from '@/lib/domain/permissions'

const headSchema = z.object({
  universityId: z.uuid(),
  sequence: z.int().min(0),
  hash: z.string(),
  signedAt: z.iso.datetime(),
})

/**
 * What today's ledger says to a head that somebody kept: that it still contains that line, that the line is another one or
 * gone (the ledger was rewritten since), or that no key of the deployment signed it for this university.
 */
export type HeadVerdict =
  | { holds: true; sequence: number; signedAt: string }
  | { holds: false; fault: 'line_differs' | 'line_missing'; sequence: number; signedAt: string }
  | { holds: false; fault: 'not_signed' }

/**
 * Compares a signed head from a report or filing with the ledger as it is now.
 * @throws AppError forbidden `break_glass_reason_required`
 */
export async function checkHead(
  actor: OperatorActor,
  { universityId, jws }: { universityId: string; jws: string },
): Promise<HeadVerdict> {
  assertCan(actor, 'ledger.verify', { universityId })
  const head = headSchema.safeParse(await readSignedHead(jws.trim()))
  if (!head.success || head.data.universityId !== universityId) return { holds: false, fault: 'not_signed' }
  const { sequence, hash, signedAt } = head.data
  const found =
    sequence === 0
      ? genesisHash(universityId)
      : await withScope({ universityId }, (tx) => findLineHash(tx, { universityId, sequence }))
  if (found === hash) return { holds: true, sequence, signedAt }
  return { holds: false, fault: found === null ? 'line_missing' : 'line_differs', sequence, signedAt }
}
