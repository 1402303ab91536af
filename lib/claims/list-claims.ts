import { listClaimCredits } from '@/lib/db/claim-credits'
import { type ClaimRow, listClaimsOfMember } from '@/lib/db/claims'
import { withScope } from '@/lib/db/scope'
import { getTimeZone, listAllTerms, type TermRow } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import type { ClaimCredit } from '@/lib/domain/claim-credit'
import { CLAIM_STATES, isTerminal } from '@/lib/domain/claim-states'
import { encodeMoment, parseMoment } from '@/lib/domain/moment-position'
import { assertCan } from '@/lib/domain/permissions'
import { toClaimTerm } from './own-claim'
import type { ClaimFilter } from './schema'
import type { ClaimList, ClaimListItem } from './view'

const PAGE = 20

/** States that somebody still has to do something in. */
const OPEN_STATES = CLAIM_STATES.filter((state) => !isTerminal(state))

/**
 * The actor's own claims, newest first; `open` leaves out what is decided or withdrawn.
 * @throws AppError invalid `bad_cursor`
 */
export async function listClaims(
  actor: MemberActor,
  query: { filter: ClaimFilter; cursor: string | null; limit?: number },
): Promise<ClaimList> {
  assertCan(actor, 'claim.list_own', { universityId: actor.universityId, ownerPersonId: actor.personId })
  const limit = query.limit ?? PAGE
  const place = parseMoment(query.cursor)
  const after = place && { createdAt: place.at, id: place.id }
  return withScope(actor, async (tx) => {
    const terms = await listAllTerms(tx, actor.universityId)
    const timeZone = await getTimeZone(tx, actor.universityId)
    const rows = await listClaimsOfMember(tx, {
      ...actor,
      ...(query.filter === 'open' ? { states: OPEN_STATES } : {}),
      after,
      limit: limit + 1,
    })
    const shown = rows.slice(0, limit)
    const claimIds = shown.filter(({ state }) => state === 'approved').map(({ id }) => id)
    const credits = await listClaimCredits(tx, { universityId: actor.universityId, claimIds })
    const last = rows.length > limit ? shown.at(-1) : undefined
    return {
      items: shown.map((row) => toListItem(row, terms, credits.get(row.id) ?? null)),
      nextCursor: last ? encodeMoment({ at: last.createdAt, id: last.id }) : null,
      timeZone,
    }
  })
}

/** A claim for a list. */
export function toListItem(claim: ClaimRow, terms: readonly TermRow[], credit: ClaimCredit | null): ClaimListItem {
  const term = terms.find(({ id }) => id === claim.termId)
  if (!term) throw new Error(`claim ${claim.id}: its term is missing`)
  return {
    claimId: claim.id,
    term: toClaimTerm(term),
    state: claim.state,
    evidenceState: claim.evidenceState,
    itemCount: claim.itemCount,
    warningCount: claim.warningCount,
    creditHundredths: credit?.netHundredths ?? claim.creditHundredths,
    credit,
    createdAt: claim.createdAt,
    updatedAt: claim.updatedAt,
  }
}
