import { isPlatform, type Platform } from '@/lib/domain/platform'
import type { SizedContribution } from '@/lib/domain/work'
import type { PlatformIdentity } from './contribution-facts'
import type { Tx } from './scope'

/** A landed contribution of a person, as far as copies are told by it. */
export type LandedContribution = SizedContribution & {
  platform: Platform
  owner: string
  name: string
  /** Null for a commit: its diff was read when it was added. */
  number: number | null
  workId: string
  patchId: string | null
}

/** What identities of one person landed, by themselves or with others, taken back since or not, newest first; only what its size is known of. */
export async function listLandedContributions(
  tx: Tx,
  identities: readonly PlatformIdentity[],
  limit: number,
): Promise<LandedContribution[]> {
  if (identities.length === 0) return []
  const named = await tx.contributionCoAuthor.findMany({
    where: { OR: identities.map(({ platform, platformUserId }) => ({ platform, platformUserId })) },
    orderBy: { contributionId: 'desc' },
    take: limit,
    select: { contributionId: true },
  })
  const rows = await tx.contribution.findMany({
    where: {
      OR: [
        ...identities.map(({ platform, platformUserId }) => ({ platform, authorPlatformUserId: platformUserId })),
        { id: { in: named.map(({ contributionId }) => contributionId) } },
      ],
      kind: { in: ['pull_request', 'commit'] },
      landingState: { in: ['landed', 'reverted'] },
      additions: { not: null },
      deletions: { not: null },
      changedFiles: { not: null },
    },
    orderBy: [{ orderedAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: { repository: { select: { owner: true, name: true } } },
  })
  return rows.flatMap(({ id, platform, additions, deletions, changedFiles, repository, ...row }) => {
    if (!isPlatform(platform) || additions === null || deletions === null || changedFiles === null) return []
    const { repositoryId, baseBranch, title, number, workId, patchId } = row
    const size = { additions, deletions, changedFiles }
    return [
      {
        contributionId: id,
        repositoryId,
        baseBranch,
        title,
        number: row.kind === 'pull_request' ? number : null,
        workId,
        patchId,
        platform,
        ...size,
        ...repository,
      },
    ]
  })
}

/** Keeps what git's patch-id says of a contribution; one that is known stays. */
export async function savePatchId(tx: Tx, contributionId: string, patchId: string | null): Promise<void> {
  if (patchId === null) return
  await tx.contribution.updateMany({ where: { id: contributionId, patchId: null }, data: { patchId } })
}
