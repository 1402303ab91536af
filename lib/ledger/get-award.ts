import { z } from 'zod'
import { listLedgerRows } from '@/lib/db/credit-entries'
import { withScope } from '@/lib/db/scope'
import { getTimeZone } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { toLineView } from './list-ledger'
import type { AwardView } from './view'

/**
 * An award with every line that answers it, newest first.
 * @throws AppError forbidden `role_not_allowed`; not_found `credit_entry_not_found`
 */
export async function getAward(actor: MemberActor, entryId: string): Promise<AwardView> {
  const { universityId } = actor
  assertCan(actor, 'ledger.view', { universityId })
  const id = z.uuid().safeParse(entryId)
  if (!id.success) throw new AppError('not_found', 'credit_entry_not_found')
  return withScope({ universityId }, async (tx) => {
    const selection = { universityId, entryId: id.data }
    const rows = await listLedgerRows(tx, selection, { beforeSequence: null, limit: 1 })
    const lines = rows.map((row) => toLineView(row, actor))
    const award = lines.find((line) => line.entryId === id.data && line.kind === 'award')
    if (!award) throw new AppError('not_found', 'credit_entry_not_found')
    return { award, lines, timeZone: await getTimeZone(tx, universityId) }
  })
}
