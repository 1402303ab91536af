import type { LandingRules } from '@/lib/domain/landing-rule'
import { findRevertedCommits, findReverts } from '@/lib/domain/revert'
import { isPlatformError, PlatformError } from '../platform-error'
import type {
  AccountReference,
  CommitSeen,
  Credential,
  PlatformPort,
  PullRequestPage,
  PullRequestPageRequest,
  PullRequestReference,
  PullRequestSeen,
} from '../port'
import type { PlatformSettings } from '../settings'
import { GitHubApi } from './api'
import { collectGitHubEvidence, pullPath } from './evidence'
import { createGitHubOAuth } from './oauth'
import { ACCOUNT_BY_LOGIN, ACCOUNT_PULL_REQUESTS, ONE_PULL_REQUEST } from './queries'
import {
  accountByLoginSchema,
  accountPageSchema,
  onePullRequestSchema,
  restCommitsSchema,
  restEventsSchema,
  restPullRequestSchema,
  restRepositorySchema,
} from './schema'
import { branchCommitFromRest, pullRequestFromRest, readRecord, repositoryFromRest } from './transform'

/** All of an account's pull requests are one list at GitHub. */
const SOURCE = 'pull-requests'
const PAGE_SIZE = 50
const SMALL_PAGE_SIZE = 10
const MAX_CANDIDATES = 10
const MAX_EVENTS = 300

type About = { pull: PullRequestSeen; landingRules: LandingRules }
type Call = { credential: Credential; signal?: AbortSignal | undefined }

/** GitHub, or an Enterprise Server, behind the port. */
export function createGitHubAdapter(settings: PlatformSettings): PlatformPort {
  const api = new GitHubApi(settings)
  return {
    platform: 'github',
    sync: 'by_account',
    oauth: createGitHubOAuth(settings, api),
    resolveAccount: ({ account, ...call }) => resolveAccount(api, account, call),
    listSources: async () => [SOURCE],
    listAuthorPullRequests: (request) => listPage(api, request),
    completePullRequest: async ({ pullRequest, landingRules, ...call }) => {
      const branchCommits = await findBranchCommits(api, { pull: pullRequest, landingRules }, call)
      return { pullRequest, branchCommits }
    },
    listRevertingCommits: async () => null,
    findPullRequest: (input) => findPullRequest(api, input),
    findRepository: async ({ owner, name, ...call }) => {
      const path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`
      const found = await api.findRest(path, restRepositorySchema, call)
      return found && !found.private ? repositoryFromRest(found) : null
    },
    collectEvidence: async (input) => {
      const pullRequest = await findPullRequest(api, input)
      if (pullRequest === null) throw new PlatformError({ platform: 'github', kind: 'not_found' })
      return collectGitHubEvidence(api, input, pullRequest)
    },
  }
}

async function listPage(api: GitHubApi, request: PullRequestPageRequest): Promise<PullRequestPage> {
  const { nodeId } = await resolveAccount(api, request.account, request)
  const data = await askForPage(api, request, nodeId)
  const parsed = accountPageSchema.safeParse(data)
  if (!parsed.success) throw new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: 'page' })
  const { node } = parsed.data
  if (!node?.pullRequests) throw new PlatformError({ platform: 'github', kind: 'not_found' })
  if (String(node.databaseId) !== request.account.platformUserId) {
    throw new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: 'another account' })
  }
  const { pageInfo, nodes } = node.pullRequests
  const records = (nodes ?? []).map(readRecord)
  const seen = records.flatMap((record) => ('item' in record ? [record.item] : []))
  const { untilUpdatedAt } = request
  const items = seen.filter(({ updatedAt }) => untilUpdatedAt === null || updatedAt >= untilUpdatedAt)
  const reachedOld = items.length < seen.length
  return {
    items,
    skipped: records.flatMap((record) => ('skipped' in record ? [record.skipped] : [])),
    nextCursor: pageInfo.hasNextPage && !reachedOld ? pageInfo.endCursor : null,
  }
}

/** A page that is too heavy for GitHub is asked for in smaller ones; its cursor is the same. */
async function askForPage(api: GitHubApi, request: PullRequestPageRequest, id: string): Promise<unknown> {
  const ask = (first: number) =>
    api.graphql(ACCOUNT_PULL_REQUESTS, { ...callOf(request), variables: { id, first, after: request.cursor } })
  try {
    return await ask(PAGE_SIZE)
  } catch (error) {
    if (!isPlatformError(error, 'unavailable') || !/overweight|status 50[24]/.test(error.message)) throw error
    return ask(SMALL_PAGE_SIZE)
  }
}

/** By login only to find the node id, and only if the number proves that it is the same account. */
async function resolveAccount(
  api: GitHubApi,
  account: AccountReference,
  call: Call,
): Promise<AccountReference & { nodeId: string }> {
  // GraphQL refuses whoever does not sign in.
  if (call.credential.kind === 'anonymous') throw new PlatformError({ platform: 'github', kind: 'sign_in_expired' })
  if (account.nodeId !== null) return { ...account, nodeId: account.nodeId }
  const data = await api.graphql(ACCOUNT_BY_LOGIN, { ...callOf(call), variables: { login: account.login } })
  const parsed = accountByLoginSchema.safeParse(data)
  const user = parsed.success ? parsed.data.user : null
  if (user === null || String(user.databaseId) !== account.platformUserId) {
    throw new PlatformError({ platform: 'github', kind: 'sign_in_expired', note: 'account' })
  }
  return { platformUserId: account.platformUserId, nodeId: user.id, login: user.login }
}

/**
 * Of the commits that mention a pull request, those that stand on the default or the target branch: GitHub lists mentions
 * from forks and side branches alike, so each is looked up in the branch's own history.
 */
async function findBranchCommits(api: GitHubApi, about: About, call: Call): Promise<CommitSeen[]> {
  const { pull } = about
  const { repository } = pull
  const branches = [...new Set([repository.defaultBranch ?? pull.baseBranch, pull.baseBranch])]
  const found: CommitSeen[] = []
  for (const candidate of pull.mentionedBy.filter((commit) => isCandidate(commit, about)).slice(-MAX_CANDIDATES)) {
    for (const branch of branches) {
      const onBranch = await findOnBranch(api, { ...repository, branch, candidate }, call)
      if (onBranch) found.push(onBranch)
      if (onBranch) break
    }
  }
  return found
}

/** Worth a request: a landing that only a commit tells of, or a commit that takes a landing back. */
function isCandidate(commit: CommitSeen, { pull, landingRules }: About): boolean {
  const shas = [pull.mergeCommitSha, pull.closerCommitSha, ...pull.mentionedBy.map(({ sha }) => sha)]
  const [title = '', ...body] = commit.message.split('\n')
  const fullName = `${pull.repository.owner}/${pull.repository.name}`
  const takesBack =
    findRevertedCommits(commit.message).some((named) => shas.some((sha) => sha?.startsWith(named))) ||
    findReverts({ title, body: body.join('\n') }, fullName).includes(pull.number)
  const hasTrailerRule = landingRules.some(({ rule }) => rule === 'commit_trailer')
  const landsIt = hasTrailerRule && pull.state !== 'merged' && /[#/]\d/.test(commit.message)
  return takesBack || landsIt
}

type Lookup = { owner: string; name: string; branch: string; candidate: CommitSeen }

async function findOnBranch(api: GitHubApi, lookup: Lookup, call: Call): Promise<CommitSeen | null> {
  const { owner, name, branch, candidate } = lookup
  const query = new URLSearchParams({
    sha: branch,
    since: candidate.committedAt.toISOString(),
    until: new Date(candidate.committedAt.getTime() + 1000).toISOString(),
    per_page: '100',
  })
  const path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/commits?${query}`
  const listed = await api.listRest(path, restCommitsSchema, { ...callOf(call), maxItems: 300 })
  const hit = listed?.items.find(({ sha }) => sha === candidate.sha)
  return hit ? branchCommitFromRest(hit) : null
}

/** With a token by GraphQL, the same facts as in lists; else by REST, which anybody may ask. */
async function findPullRequest(api: GitHubApi, input: PullRequestReference & Call): Promise<PullRequestSeen | null> {
  const { owner, name, number } = input
  if (input.credential.kind === 'anonymous') return findByRest(api, input)
  const data = await api
    .graphql(ONE_PULL_REQUEST, { ...callOf(input), variables: { owner, name, number } })
    .catch((error: unknown) => {
      if (isPlatformError(error, 'not_found')) return { repository: null }
      throw error
    })
  const parsed = onePullRequestSchema.safeParse(data)
  if (!parsed.success) throw new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: 'pull request' })
  if (!parsed.data.repository?.pullRequest) return null
  const record = readRecord(parsed.data.repository.pullRequest)
  if ('item' in record) return record.item
  if (record.skipped.reason === 'private_repository') return null
  throw new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: record.skipped.reason })
}

async function findByRest(api: GitHubApi, input: PullRequestReference & Call): Promise<PullRequestSeen | null> {
  const pull = await api.findRest(pullPath(input), restPullRequestSchema, callOf(input))
  if (pull === null || pull.base.repo.private) return null
  const path = pullPath(input).replace('/pulls/', '/issues/')
  const events = await api.listRest(`${path}/events?per_page=100`, restEventsSchema, {
    ...callOf(input),
    maxItems: MAX_EVENTS,
  })
  return pullRequestFromRest(pull, events?.items ?? [])
}

function callOf({ credential, signal }: Call): Call {
  return { credential, signal }
}
