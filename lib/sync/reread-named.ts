import { type ContributionRow, listContributionsById, saveLanding, touchContributions } from '@/lib/db/contributions'
import type { ToReread } from '@/lib/db/contributions-to-reread'
import { type Tx, withScope } from '@/lib/db/scope'
import type { LandingResult } from '@/lib/domain/contribution'
import { type LandingRules, MERGED } from '@/lib/domain/landing-rule'
import { eventsOfListed } from '@/lib/domain/revert-chain'
import { isPlatformError } from '@/lib/platforms/platform-error'
import type { CompletedPullRequest, Credential, PlatformPort } from '@/lib/platforms/port'
import { landingOfReview, seenOfCommit } from '@/lib/platforms/seen-of-named'
import { completePulls } from './complete-pulls'
import { judgeLanding } from './judge-landing'
import { readLandingRules } from './landing-rules'
import { eventsOfStored } from './revert-events'
import { subjectOfSeen } from './sync-source'
import { warnClaims } from './take-back'
import { landingOf } from './to-contribution'

type Context = { universityId: string; platform: PlatformPort; credential: Credential; now: Date }

/**
 * Asks again for commits and reviews that were added by address, one by one: a later commit may take a commit back, and a
 * review stands and falls with what was reviewed. Claims that hold what changed are warned. What is gone, or left its
 * branch, stays as it was seen last. Returns how many changed.
 * @throws PlatformError
 */
export async function rereadNamed(context: Context, rows: readonly ToReread[]): Promise<number> {
  let changed = 0
  for (const row of rows) {
    const judge = await readOne(context, row)
    if (judge !== null)
      changed += await withScope({ universityId: context.universityId }, (tx) => write(tx, row, { judge, ...context }))
  }
  return changed
}

/** What becomes of the stored landing by what was just read. */
type Judge = (stored: ContributionRow) => LandingResult

/** Outside any transaction; null where nothing is told. */
async function readOne(context: Context, row: ToReread): Promise<Judge | null> {
  try {
    return await (row.kind === 'commit' ? readCommit(context, row) : readReviewed(context, row))
  } catch (error) {
    if (isPlatformError(error, 'not_found')) return null
    throw error
  }
}

async function readCommit({ platform, credential }: Context, row: ToReread): Promise<Judge | null> {
  const { owner, name, ref: sha, baseBranch } = row
  const read = await platform.readCommit({ owner, name, sha, branches: [baseBranch], credential })
  const commit = read.offered ? read.found : null
  if (commit === null || commit.branch === null) return null
  const { landing } = seenOfCommit(platform.platform, { ...commit, branch: commit.branch })
  return () => landing
}

async function readReviewed({ universityId, platform, credential }: Context, row: ToReread): Promise<Judge | null> {
  const { owner, name, number } = row
  const pullRequest = await platform.findPullRequest({ owner, name, number, credential })
  if (pullRequest === null) return null
  const rules = await withScope({ universityId }, (tx) => readLandingRules(tx, [subjectOfSeen(pullRequest)]))
  const landingRules = rules.get(pullRequest.repository.platformRepositoryId) ?? MERGED
  const [completed] = await completePulls({ platform, credential }, [{ pullRequest, landingRules }])
  return completed ? (stored) => landingReviewed(stored, completed, landingRules) : null
}

/** A word that the rules do not find any more is left: only what took it back counts against it. */
function landingReviewed(
  stored: ContributionRow,
  { pullRequest, branchCommits, reverts = [] }: CompletedPullRequest,
  rules: LandingRules,
): LandingResult {
  const { repository, number, revertedBy } = pullRequest
  const landed = judgeLanding({
    rules,
    fullName: `${repository.owner}/${repository.name}`,
    facts: { ...pullRequest, defaultBranch: repository.defaultBranch },
    branchCommits,
    reverts: [...eventsOfListed(number, revertedBy), ...reverts, ...eventsOfStored(stored)],
    landedBefore: stored.landedAt,
  })
  const known = landingOf(stored)
  return landed.state === 'not_landed' ? known : landingOfReview(known.proof, landed)
}

async function write(tx: Tx, row: ToReread, { judge, now }: { judge: Judge; now: Date }): Promise<number> {
  const [stored] = await listContributionsById(tx, [row.id])
  if (!stored) return 0
  const before = landingOf(stored)
  const after = judge(stored)
  await touchContributions(tx, [row.id], now)
  if (JSON.stringify(after) === JSON.stringify(before)) return 0
  const isSaved = await saveLanding(tx, stored, after)
  if (isSaved && after.state !== before.state) await warnClaims(tx, row.id, 'reverted')
  return isSaved ? 1 : 0
}
