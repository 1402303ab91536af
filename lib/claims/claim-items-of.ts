import type { NewClaimItem } from '@/lib/db/claim-items'
import { findContributionFacts, type StoredContribution } from '@/lib/db/contribution-facts'
import { listLinkedAccounts } from '@/lib/db/linked-accounts'
import type { Tx } from '@/lib/db/scope'
import { isWrittenBy } from '@/lib/domain/contribution'
import { AppError } from '@/lib/domain/errors'
import type { Platform } from '@/lib/domain/platform'
import type { ClaimContent } from './schema'

/**
 * The contributions of a choice, in its order; each of them the person's own.
 * @throws AppError not_found `contribution_not_found` for what is not there or is somebody else's
 */
export async function getOwnContributions(
  tx: Tx,
  personId: string,
  contributionIds: readonly string[],
): Promise<StoredContribution[]> {
  const ids = [...new Set(contributionIds)]
  const found = await findContributionFacts(tx, ids)
  const accounts = await listLinkedAccounts(tx, personId)
  const ownIds = (platform: Platform) =>
    accounts.filter((account) => account.platform === platform).map(({ platformUserId }) => platformUserId)
  const isOwn = ({ fact }: StoredContribution): boolean => isWrittenBy(fact, ownIds(fact.platform))
  if (found.length !== ids.length || !found.every(isOwn)) throw new AppError('not_found', 'contribution_not_found')
  return found
}

/** The items that a form describes. What is not declared is `none`. */
export function toNewItems(contributions: readonly StoredContribution[], content: ClaimContent): NewClaimItem[] {
  return contributions.map(({ fact }) => ({
    contributionId: fact.id,
    workId: fact.workId,
    aiUse: content.aiUse[fact.id] ?? 'none',
    aiUseNote: content.aiUseNote[fact.id] ?? '',
  }))
}
