import type { ContributionRow } from './contributions'
import type { Tx } from './scope'

/** What is stored as landed, or as taken back, in a repository: what a commit that reverts something may bear on. */
export async function listLandingsOfRepository(tx: Tx, repositoryId: string): Promise<ContributionRow[]> {
  return tx.contribution.findMany({
    where: { repositoryId, landingState: { in: ['landed', 'reverted'] } },
    orderBy: { number: 'asc' },
  })
}
