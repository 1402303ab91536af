import { listLandingsOfRepository } from '@/lib/db/repository-landings'
import type { RepositoryPassRow } from '@/lib/db/repository-passes'
import { type Tx, withScope } from '@/lib/db/scope'
import { eventOfCommit } from '@/lib/domain/revert-chain'
import type { CommitSeen } from '@/lib/platforms/port'
import type { RepositorySession } from './repository-session'
import { reconsider } from './take-back'

const OVERLAP_MS = 86_400_000

/** Commits that take something back, and until when they were looked for. */
export type RepositoryReverts = { commits: readonly CommitSeen[]; readAt: Date }

/**
 * Commits of a repository's branches that say they take something back, where its pull requests do not show it: from the
 * oldest landing of a student on, afterwards from the last time. Asks nothing where no student landed anything.
 */
export async function readRepositoryReverts(
  session: RepositorySession,
  { source, repositoryId, revertsReadAt }: RepositoryPassRow,
): Promise<RepositoryReverts | null> {
  if (repositoryId === null) return null
  const rows = await withScope({}, (tx) => listLandingsOfRepository(tx, repositoryId))
  const landed = rows.flatMap(({ landedAt, baseBranch }) => (landedAt === null ? [] : [{ landedAt, baseBranch }]))
  const branches = [...new Set(landed.map(({ baseBranch }) => baseBranch))].filter((branch) => branch !== '')
  if (branches.length === 0) return null
  const readAt = session.now()
  const oldest = Math.min(...landed.map(({ landedAt }) => landedAt.getTime()))
  const since = new Date(revertsReadAt === null ? oldest : revertsReadAt.getTime() - OVERLAP_MS)
  const { platform, credential } = session
  const commits = await platform.listRevertingCommits({ source, branches, since, credential })
  return commits === null ? null : { commits, readAt }
}

/** Takes back what one of the commits reverts, and brings back what one lands again; claims are warned. */
export async function takeBackInRepository(
  tx: Tx,
  { source, repositoryId }: RepositoryPassRow,
  commits: readonly CommitSeen[],
): Promise<void> {
  if (commits.length === 0 || repositoryId === null) return
  const fullNameKey = source.slice(source.indexOf(':') + 1).toLowerCase()
  const events = commits.map((commit) => eventOfCommit(commit, fullNameKey))
  for (const row of await listLandingsOfRepository(tx, repositoryId)) await reconsider(tx, row, events)
}
