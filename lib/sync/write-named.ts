import { saveCoAuthors } from '@/lib/db/co-authors'
import {
  type ContributionKey,
  findContributionRow,
  insertContributions,
  listCopiesOf,
  refreshContributions,
} from '@/lib/db/contributions'
import { lookForCopies } from '@/lib/db/look-for-copies'
import { saveRepositories } from '@/lib/db/repositories'
import type { Tx } from '@/lib/db/scope'
import { assignWorks } from '@/lib/db/works'
import { type CoAuthor, isWrittenBy, type LandingResult } from '@/lib/domain/contribution'
import type { LandingRules } from '@/lib/domain/landing-rule'
import type { NamedContribution } from '@/lib/platforms/named-contribution'
import type { CompletedPullRequest } from '@/lib/platforms/port'
import { writeFacts } from './apply-ingest'
import { warnClaims } from './take-back'
import { toContributionInput } from './to-contribution'

export type ToWrite = {
  named: NamedContribution
  /** Set for a pull request: looked up whole, as a sync does. */
  completed: CompletedPullRequest | null
  landingRules: LandingRules
}

/** What became of it; `before` is who wrote it as far as was known, null where it was not there. */
export type Written = {
  contributionId: string
  before: { authorPlatformUserId: string | null; coAuthors: readonly CoAuthor[] } | null
}

const NOBODY = { authorPlatformUserId: null, coAuthors: [] }

/** Writes what a person named as a sync writes what it found, with who wrote it as well. */
export async function writeNamed(tx: Tx, input: ToWrite, now: Date): Promise<Written> {
  const { named, completed, landingRules } = input
  const { seen, kind, ref } = named
  const { platform, repository, number } = seen
  const ids = await saveRepositories(tx, [{ platform, ...repository }], now)
  const repositoryId = ids.get(repository.platformRepositoryId)
  if (repositoryId === undefined) throw new Error('a repository that was not kept')
  const key = { repositoryId, kind, number, ref }
  const before = await findContributionRow(tx, key)
  if (completed) {
    const rules = new Map([[repository.platformRepositoryId, landingRules]])
    await writeFacts(tx, { write: [completed], unchanged: [], skipped: [], rules }, now)
  } else if (named.landing) await writeOther(tx, { key, named, landing: named.landing }, now)
  const row = await findContributionRow(tx, key)
  if (row === null) throw new Error('a contribution that was not kept')
  await saveCoAuthors(tx, { contributionId: row.id, platform }, { coAuthors: named.coAuthors, now })
  const isNews = named.coAuthors.some(({ platformUserId }) => !isWrittenBy(before ?? NOBODY, [platformUserId]))
  // A claim may have it whole, or any copy of it.
  const copies = isNews ? await listCopiesOf(tx, row.workId) : []
  for (const id of copies) await warnClaims(tx, id, 'claimed_whole')
  // Theirs as well from now on: it may be a copy of what they have.
  const coAuthorIds = named.coAuthors.map(({ platformUserId }) => platformUserId)
  if (isNews) await lookForCopies(tx, platform, coAuthorIds)
  return { contributionId: row.id, before }
}

type Other = { key: ContributionKey; named: NamedContribution; landing: LandingResult }

async function writeOther(tx: Tx, { key, named, landing }: Other, now: Date): Promise<void> {
  const before = await findContributionRow(tx, key)
  const { cherryPickedFrom } = named.seen
  const seeker = { ownWorkId: before?.workId ?? null, commitSha: landing.commitSha, cherryPickedFrom }
  const { workIds, duplicates } = await assignWorks(tx, [seeker])
  for (const contributionId of duplicates) await warnClaims(tx, contributionId, 'duplicate_work')
  const [workId = ''] = workIds
  const { repositoryId, ref } = key
  const { kind } = named
  const row = toContributionInput(named.seen, { repositoryId, workId, landing, kind, ref })
  if (before === null) await insertContributions(tx, [row], now)
  else await refreshContributions(tx, [{ id: before.id, input: row }], now)
}
