import { type ContributionRow, listContributionsByNumber } from '@/lib/db/contributions'
import { listLinkedIdentities } from '@/lib/db/indexed-pull-requests'
import { findRepositoryIdsByPlatformId } from '@/lib/db/repositories'
import { withScope } from '@/lib/db/scope'
import { type LandingRules, MERGED } from '@/lib/domain/landing-rule'
import type { CompletedPullRequest, PullRequestSeen } from '@/lib/platforms/port'
import { subjectOf } from './catalog-subject'
import { completePullRequests } from './complete-pull-requests'
import { type RulesByRepository, readLandingRules } from './landing-rules'
import { ingestKey, planIngest } from './plan-ingest'
import type { RepositoryPage } from './repository-page'
import type { RepositorySession } from './repository-session'

/**
 * What of a page is new of those who linked. Where a list does not tell whether or when something landed, theirs are looked
 * up before anything is judged; what else it leaves out is asked afterwards.
 */
export async function planRepositoryPage(
  session: RepositorySession,
  items: readonly PullRequestSeen[],
): Promise<RepositoryPage> {
  const [first] = items
  if (first === undefined) return { items, write: [], incomplete: [], rules: new Map() }
  const known = await readKnown(session, items, first)
  const { platformRepositoryId } = first.repository
  const rulesHere = known.rules.get(platformRepositoryId) ?? MERGED
  const plan = planIngest({
    seen: items.filter(({ authorPlatformUserId: id }) => id !== null && known.linked.has(id)).map(known.withTimes),
    skipped: [],
    stored: new Map(known.rows.map((row) => [ingestKey(platformRepositoryId, row.number), row])),
    rulesOf: () => rulesHere,
    isBackfill: false,
    now: session.now(),
  })
  const seen = plan.write.map((item) => item.seen)
  const atOnce = seen.filter((one) => needsLookUp(one, rulesHere))
  const completed = await completePullRequests(session, atOnce, known.rules)
  const later = seen.filter((one) => !atOnce.includes(one))
  const write: CompletedPullRequest[] = later.map((pullRequest) => ({ pullRequest, branchCommits: [] }))
  return {
    items,
    write: [...completed, ...write],
    incomplete: later.map(({ number }) => number),
    rules: known.rules,
  }
}

type Known = {
  rules: RulesByRepository
  linked: ReadonlySet<string>
  rows: readonly ContributionRow[]
  withTimes: (seen: PullRequestSeen) => PullRequestSeen
}

async function readKnown(
  { universityId, platform }: RepositorySession,
  items: readonly PullRequestSeen[],
  first: PullRequestSeen,
): Promise<Known> {
  const { platformRepositoryId } = first.repository
  return withScope({ universityId }, async (tx) => {
    const rules = await readLandingRules(tx, [subjectOf(first)])
    const authors = items.flatMap(({ authorPlatformUserId: id }) => id ?? [])
    const linked = await listLinkedIdentities(tx, platform.platform, authors)
    const ids = await findRepositoryIdsByPlatformId(tx, platform.platform, [platformRepositoryId])
    const repositoryId = ids.get(platformRepositoryId)
    const ours = items.filter(({ authorPlatformUserId: id }) => id !== null && linked.has(id))
    const rows =
      repositoryId === undefined
        ? []
        : await listContributionsByNumber(
            tx,
            ours.map(({ number }) => ({ repositoryId, number })),
          )
    const rowOf = new Map(rows.map((row) => [row.number, row]))
    return { rules, linked, rows, withTimes: (seen) => withToldTimes(seen, rowOf.get(seen.number) ?? null) }
  })
}

/** A list that never tells when something was merged says nothing against what was looked up. */
function withToldTimes(seen: PullRequestSeen, stored: ContributionRow | null): PullRequestSeen {
  if (seen.state !== 'merged' || seen.mergedAt !== null || stored?.state !== 'merged') return seen
  return { ...seen, mergedAt: stored.mergedAt, closedAt: seen.closedAt ?? stored.closedAt }
}

function needsLookUp({ state, mergedAt }: PullRequestSeen, rules: LandingRules): boolean {
  const isShownByList = rules.every(({ rule }) => rule === 'merged' || rule === 'none')
  return !isShownByList || (state === 'merged' && mergedAt === null)
}
