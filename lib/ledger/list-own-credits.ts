import { type CreditedItem, listCreditedItems, listLedgerRows, listTermTotals } from '@/lib/db/credit-entries'
import { withScope } from '@/lib/db/scope'
import { getTimeZone } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { nextCursorOf, sequenceOf, toLineView } from './list-ledger'
import type { CreditedItemView, OwnCredits } from './view'

const PAGE = 20

/**
 * The actor's own lines of the ledger, newest first, each award with its contributions, and the sums by term.
 * @throws AppError forbidden `role_not_allowed`; invalid `bad_cursor`
 */
export async function listOwnCredits(
  actor: MemberActor,
  query: { cursor: string | null; limit?: number },
): Promise<OwnCredits> {
  const { universityId, memberId } = actor
  assertCan(actor, 'ledger.view_own', { universityId, ownerPersonId: actor.personId })
  const beforeSequence = sequenceOf(query.cursor)
  const limit = query.limit ?? PAGE
  return withScope({ universityId }, async (tx) => {
    const rows = await listLedgerRows(tx, { universityId, memberId }, { beforeSequence, limit: limit + 1 })
    const page = rows.slice(0, limit)
    const sequences = page.filter(({ kind }) => kind === 'award').map(({ sequence }) => sequence)
    const items = await listCreditedItems(tx, { universityId, sequences })
    const terms = await listTermTotals(tx, { universityId, memberId })
    return {
      totalHundredths: terms.reduce((sum, { creditHundredths }) => sum + creditHundredths, 0),
      terms,
      lines: page.map((row) => ({
        ...toLineView(row, actor),
        items: items.filter(({ sequence }) => sequence === row.sequence).map(toItemView),
      })),
      nextCursor: nextCursorOf(rows, limit),
      timeZone: await getTimeZone(tx, universityId),
    }
  })
}

function toItemView({ sequence: _, contributionId: __, ...item }: CreditedItem): CreditedItemView {
  return item
}
