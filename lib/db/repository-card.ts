import type { Platform } from '@/lib/domain/platform'
import type { Tx } from './scope'

/** What a platform said of a repository when it was last read. */
export type RepositoryCard = {
  platformRepositoryId: string
  owner: string
  name: string
  url: string
  defaultBranch: string | null
  isFork: boolean
  isArchived: boolean
  stars: number | null
  license: string | null
  language: string | null
  topics: string[]
  refreshedAt: Date
}

/** The repository that bears the name today, as it is stored; null when none was seen. */
export async function findRepositoryCard(
  tx: Tx,
  named: { platform: Platform; owner: string; name: string },
): Promise<RepositoryCard | null> {
  return tx.repository.findFirst({
    where: { platform: named.platform, fullNameKey: `${named.owner}/${named.name}`.toLowerCase() },
    orderBy: { refreshedAt: 'desc' },
    select: {
      platformRepositoryId: true,
      owner: true,
      name: true,
      url: true,
      defaultBranch: true,
      isFork: true,
      isArchived: true,
      stars: true,
      license: true,
      language: true,
      topics: true,
      refreshedAt: true,
    },
  })
}
