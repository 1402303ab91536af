import type { ClaimedFact } from '@/lib/db/ledger-grounds'
import type { CalculationRecord } from '@/lib/domain/calculation-record'
import type { EvidenceDocument } from '@/lib/domain/evidence'
import type { FoundFault } from './faults'

type CreditedItem = CalculationRecord['items'][number]

/**
 * Whether evidence is of the very contribution that its item credits: that repository, that number, and an author whom the
 * claim's person proved to be. Good evidence of something else has a good hash too.
 */
export function checkBelonging(
  { repository, contribution }: EvidenceDocument,
  item: CreditedItem,
  fact: ClaimedFact | undefined,
): FoundFault | null {
  const { contributionId } = item
  if (!fact) return { fault: 'item_not_claimed', data: { contributionId } }
  const author = contribution.authorPlatformUserId
  const isOwn = (id: string) => fact.ownPlatformUserIds.includes(id)
  // Both must say so: the row could be another's by now, and the evidence is what was decided on.
  const isCoAuthor = (contribution.coAuthors ?? []).some(
    ({ platformUserId }) => isOwn(platformUserId) && fact.coAuthorPlatformUserIds.includes(platformUserId),
  )
  const same: Record<string, boolean> = {
    repository:
      repository.platform === fact.platform &&
      repository.platformRepositoryId === fact.platformRepositoryId &&
      item.repositoryId === fact.repositoryId,
    number:
      contribution.kind === fact.kind && contribution.number === fact.number && (contribution.ref ?? '') === fact.ref,
    // A platform that deleted the author since does not unmake whose it was.
    author: isCoAuthor || (author !== null && author === (fact.authorPlatformUserId ?? author) && isOwn(author)),
  }
  const [part] = Object.keys(same).filter((name) => !same[name])
  return part === undefined ? null : { fault: 'evidence_of_other', data: { contributionId, part } }
}
