import { NOT_OFFERED } from '../named-port'
import { isPlatformError, PlatformError } from '../platform-error'
import type { Credential, PlatformPort, PullRequestReference, PullRequestSeen } from '../port'
import type { PlatformSettings } from '../settings'
import { GitHubApi } from './api'
import { listAuthorPage, resolveAccount } from './author-list'
import { createGitHubCohort } from './cohort'
import { completePullRequests } from './complete'
import { collectGitHubEvidence, listGitHubFiles, pullPath } from './evidence'
import { readCommit, readReview } from './named'
import { createGitHubOAuth } from './oauth'
import { describeRepository, findDependencyFiles } from './profile'
import { ONE_PULL_REQUEST } from './queries'
import { onePullRequestSchema, restEventsSchema, restPullRequestSchema, restRepositorySchema } from './schema'
import { pullRequestFromRest, readRecord, repositoryFromRest } from './transform'

/** All of an account's pull requests are one list at GitHub. */
const SOURCE = 'pull-requests'
const MAX_EVENTS = 300

type Call = { credential: Credential; signal?: AbortSignal | undefined }

/** GitHub, or an Enterprise Server, behind the port. */
export function createGitHubAdapter(settings: PlatformSettings): PlatformPort {
  const api = new GitHubApi(settings)
  return {
    platform: 'github',
    sync: 'by_cohort',
    ...createGitHubCohort(api),
    oauth: createGitHubOAuth(settings, api),
    resolveAccount: ({ account, ...call }) => resolveAccount(api, account, call),
    listSources: async () => [SOURCE],
    listAuthorPullRequests: (request) => listAuthorPage(api, request),
    completePullRequest: async (input) => {
      const [completed] = await completePullRequests(api, [input], input)
      return completed ?? { pullRequest: input.pullRequest, branchCommits: [] }
    },
    completePullRequests: ({ pullRequests, ...call }) => completePullRequests(api, pullRequests, call),
    listRevertingCommits: async () => null,
    findPullRequest: (input) => findPullRequest(api, input),
    findRepository: async ({ owner, name, ...call }) => {
      const path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`
      const found = await api.findRest(path, restRepositorySchema, call)
      return found && !found.private ? repositoryFromRest(found) : null
    },
    describeRepository: (input) => describeRepository(api, input, callOf(input)),
    findDependencyFiles: (input) => findDependencyFiles(api, input, callOf(input)),
    listChangedFiles: (input) => listGitHubFiles(api, input),
    readCommit: async (input) => ({ offered: true, found: await readCommit(api, input) }),
    readReview: async (input) => {
      const review = await readReview(api, input)
      const pullRequest = review && (await findPullRequest(api, input))
      return { offered: true, found: pullRequest && { ...review, pullRequest } }
    },
    readRelease: async () => NOT_OFFERED,
    collectEvidence: async (input) => {
      const pullRequest = await findPullRequest(api, input)
      if (pullRequest === null) throw new PlatformError({ platform: 'github', kind: 'not_found' })
      return collectGitHubEvidence(api, input, pullRequest)
    },
  }
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
