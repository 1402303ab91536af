import { filledIn, isStackBase } from '@/lib/domain/landing'
import type { LandingRules } from '@/lib/domain/landing-rule'
import { findOwnNumber, findRevertedCommits, findReverts } from '@/lib/domain/revert'
import { isPlatformError } from '../platform-error'
import type { CommitSeen, CompletedPullRequest, Credential, PullRequestSeen } from '../port'
import type { GitHubApi } from './api'
import { withEarlierMentions } from './earlier-mentions'
import { COMMITS_ON_BRANCHES_PER_REQUEST, commitsOnBranches } from './queries'
import { commitsOnBranchesSchema, restCommitsSchema } from './schema'
import { branchCommitFromGraphql, branchCommitFromRest } from './transform'

const MAX_CANDIDATES = 10

type Call = { credential: Credential; signal?: AbortSignal | undefined }
export type ToComplete = { pullRequest: PullRequestSeen; landingRules: LandingRules }

/**
 * Of the commits that mention pull requests, those that stand on the default or the target branch: GitHub lists mentions
 * from forks and side branches alike, so each is looked up in the branch's own history, many in one request.
 */
export async function completePullRequests(
  api: GitHubApi,
  asked: readonly ToComplete[],
  call: Call,
): Promise<CompletedPullRequest[]> {
  const pulls: ToComplete[] = []
  for (const { pullRequest, landingRules } of asked) {
    pulls.push({ landingRules, pullRequest: await withEarlierMentions(api, pullRequest, call) })
  }
  const open = pulls.flatMap((about, index) => candidatesOf(about).map((candidate) => ({ ...candidate, index })))
  const found: { index: number; commit: CommitSeen }[] = []
  // The default branch first; what does not stand there may stand on the target branch.
  for (let turn = 0; turn < 2; turn += 1) {
    const asked = open.flatMap(({ branches, isFound, ...one }, place) => {
      const branch = branches[turn]
      return branch === undefined || open[place]?.isFound ? [] : [{ ...one, branch, place }]
    })
    const answers = await findOnBranches(api, asked, call)
    for (const [at, commit] of answers.entries()) {
      const lookup = asked[at]
      const candidate = lookup && open[lookup.place]
      if (commit === null || lookup === undefined || candidate === undefined) continue
      candidate.isFound = true
      found.push({ index: candidate.index, commit: { ...commit, branch: lookup.branch } })
    }
  }
  return pulls.map(({ pullRequest }, index) => ({
    pullRequest,
    branchCommits: found.filter((one) => one.index === index).map(({ commit }) => commit),
  }))
}

type Candidate = { owner: string; name: string; branches: readonly string[]; candidate: CommitSeen; isFound: boolean }

function candidatesOf(about: ToComplete): Candidate[] {
  const { repository, baseBranch, mentionedBy } = about.pullRequest
  const { owner, name } = repository
  const branches = [...new Set([repository.defaultBranch ?? baseBranch, baseBranch])]
  const candidates = mentionedBy.filter((commit) => isCandidate(commit, about))
  // Of very many the first, which may have landed it, and the last, which may have taken it back.
  const chosen = new Set([...candidates.slice(0, MAX_CANDIDATES), ...candidates.slice(-MAX_CANDIDATES)])
  return [...chosen].map((candidate) => ({ owner, name, branches, candidate, isFound: false }))
}

/** Worth a look: a landing that only a commit tells of, or a commit that takes a landing back or brings it back. */
function isCandidate(commit: CommitSeen, { pullRequest: pull, landingRules }: ToComplete): boolean {
  const shas = [pull.mergeCommitSha, pull.closerCommitSha, ...pull.mentionedBy.map(({ sha }) => sha)]
  const [title = '', ...body] = commit.message.split('\n')
  const fullName = `${pull.repository.owner}/${pull.repository.name}`
  const takesBack =
    findRevertedCommits(commit.message).some((named) => shas.some((sha) => sha?.startsWith(named))) ||
    findReverts({ title, body: body.join('\n') }, fullName).includes(pull.number)
  return takesBack || landingRules.some((rule) => mayLandIt(rule, commit, pull))
}

/** Whether a rule may find its proof in a commit; that it stands on the branch is what the look is for. */
function mayLandIt(rule: LandingRules[number], commit: CommitSeen, pull: PullRequestSeen): boolean {
  const isShownMerged = pull.state === 'merged' && !isStackBase(pull.baseBranch)
  if (isShownMerged || pull.state === 'open') return false
  if (rule.rule === 'closed_by_commit') return commit.sha === pull.closerCommitSha
  if (rule.rule === 'title_prefix') return findOwnNumber(commit.message) === pull.number
  return rule.rule === 'commit_trailer' && commit.message.includes(filledIn(rule.trailer, pull))
}

type Lookup = { owner: string; name: string; branch: string; candidate: CommitSeen }

/** In the order asked; null where the commit does not stand on the branch. */
async function findOnBranches(
  api: GitHubApi,
  lookups: readonly Lookup[],
  call: Call,
): Promise<readonly (CommitSeen | null)[]> {
  // GraphQL refuses whoever does not sign in; one alone costs the same either way.
  if (call.credential.kind === 'anonymous' || lookups.length === 1) return oneByOne(api, lookups, call)
  const found: (CommitSeen | null)[] = []
  for (let start = 0; start < lookups.length; start += COMMITS_ON_BRANCHES_PER_REQUEST) {
    found.push(...(await askTogether(api, lookups.slice(start, start + COMMITS_ON_BRANCHES_PER_REQUEST), call)))
  }
  return found
}

async function oneByOne(api: GitHubApi, lookups: readonly Lookup[], call: Call): Promise<(CommitSeen | null)[]> {
  const found: (CommitSeen | null)[] = []
  for (const lookup of lookups) found.push(await findOnBranch(api, lookup, call))
  return found
}

/** Asked one by one where together they are too much for GitHub, or a second's page of one was not all of it. */
async function askTogether(
  api: GitHubApi,
  lookups: readonly Lookup[],
  call: Call,
): Promise<readonly (CommitSeen | null)[]> {
  const { query, variables } = commitsOnBranches(
    lookups.map(windowOf).map((window) => ({ ...window, branch: `refs/heads/${window.branch}` })),
  )
  const data = await api.graphql(query, { ...call, variables }).catch((error: unknown) => {
    if (isPlatformError(error) && error.isTooHeavy) return null
    throw error
  })
  const parsed = commitsOnBranchesSchema.safeParse(data)
  if (!parsed.success) return oneByOne(api, lookups, call)
  const found: (CommitSeen | null)[] = []
  for (const [at, lookup] of lookups.entries()) {
    const history = parsed.data[`at${at}`]?.ref?.target?.history ?? null
    const hit = history?.nodes?.find((commit) => commit?.oid === lookup.candidate.sha) ?? null
    const isCutOff = hit === null && history?.pageInfo.hasNextPage === true
    found.push(isCutOff ? await findOnBranch(api, lookup, call) : hit && branchCommitFromGraphql(hit))
  }
  return found
}

function windowOf({ owner, name, branch, candidate }: Lookup) {
  const since = candidate.committedAt.toISOString()
  const until = new Date(candidate.committedAt.getTime() + 1000).toISOString()
  return { owner, name, branch, since, until }
}

async function findOnBranch(api: GitHubApi, lookup: Lookup, call: Call): Promise<CommitSeen | null> {
  const { owner, name, branch, since, until } = windowOf(lookup)
  const query = new URLSearchParams({ sha: branch, since, until, per_page: '100' })
  const path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/commits?${query}`
  const { credential, signal } = call
  const listed = await api.listRest(path, restCommitsSchema, { credential, signal, maxItems: 300 })
  const hit = listed?.items.find(({ sha }) => sha === lookup.candidate.sha)
  return hit ? branchCommitFromRest(hit) : null
}
