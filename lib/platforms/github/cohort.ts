import { PlatformError } from '../platform-error'
import type {
  AccountReference,
  Allowance,
  CohortAnswer,
  CohortPlace,
  CohortPort,
  Credential,
  PullRequestGlimpse,
  SkippedRecord,
} from '../port'
import type { GitHubApi, GraphqlFault } from './api'
import { accountsByLogin, COHORT_SCAN, cohortGoesOn, PULL_REQUESTS_BY_ID } from './queries'
import {
  allowanceSchema,
  type CohortMember,
  cohortMemberAt,
  cohortScanSchema,
  glimpseSchema,
  nodesSchema,
  recordReferenceSchema,
  restSearchSchema,
  userAt,
} from './schema'
import { readRecord } from './transform'

/** What GitHub takes at most in one `nodes(ids:)`, and what it answers well within its ten seconds. */
const LIMITS = { accounts: 100, deepAccounts: 20, pullRequests: 50 } as const
/** A night brings less than this to nearly everybody; who has more is asked again, a hundred at a time. */
const GLIMPSES_OF_ALL = 10
const GLIMPSES_OF_DEEP = 100

type Call = { credential: Credential; signal?: AbortSignal | undefined }
type Place = CohortPlace & { nodeId: string | null }

/** Many accounts a request, by node id, for the nightly sync. */
export function createGitHubCohort(api: GitHubApi): CohortPort {
  return {
    cohortLimits: LIMITS,
    scanCohort: ({ places, ...call }) => scanCohort(api, places, call),
    readPullRequests: ({ nodeIds, ...call }) => readPullRequests(api, nodeIds, call),
    lookAtEmptyAccount: ({ account, ...call }) => lookAtEmptyAccount(api, account, call),
  }
}

async function scanCohort(
  api: GitHubApi,
  asked: readonly CohortPlace[],
  call: Call,
): Promise<{ answers: CohortAnswer[]; allowance: Allowance }> {
  if (call.credential.kind === 'anonymous') throw new PlatformError({ platform: 'github', kind: 'sign_in_expired' })
  const places = await withNodeIds(api, asked, call)
  const known = places.flatMap(({ nodeId, ...place }) => (nodeId === null ? [] : [{ ...place, nodeId }]))
  const isDeep = known.some(({ cursor }) => cursor !== null)
  const { members, allowance } = isDeep ? await goOn(api, known, call) : await scan(api, known, call)
  const memberOf = new Map(known.map(({ account }, at) => [account.platformUserId, members[at] ?? null]))
  return {
    answers: places.map((place) => answerOf(place, memberOf.get(place.account.platformUserId) ?? null)),
    allowance,
  }
}

type Members = { members: readonly CohortMember[]; allowance: Allowance }
type Known = Place & { nodeId: string }

async function scan(api: GitHubApi, places: readonly Known[], call: Call): Promise<Members> {
  if (places.length === 0) return { members: [], allowance: null }
  const variables = { ids: places.map(({ nodeId }) => nodeId), first: GLIMPSES_OF_ALL }
  const { data, faults } = await api.graphqlWithFaults(COHORT_SCAN, { ...call, variables, shrinks: true })
  refuseUnclear(faults)
  const parsed = cohortScanSchema.safeParse(data)
  if (!parsed.success || parsed.data.nodes.length !== places.length) {
    throw new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: 'cohort' })
  }
  return { members: parsed.data.nodes, allowance: allowanceOf(data) }
}

async function goOn(api: GitHubApi, places: readonly Known[], call: Call): Promise<Members> {
  const { query, variables } = cohortGoesOn(places.map(({ nodeId, cursor }) => ({ id: nodeId, after: cursor })))
  const asked = { ...call, variables: { ...variables, first: GLIMPSES_OF_DEEP }, shrinks: true }
  const { data, faults } = await api.graphqlWithFaults(query, asked)
  refuseUnclear(faults)
  const members = places.map((_, at) => {
    const parsed = cohortMemberAt(data, at)
    if (parsed.success) return parsed.data
    throw new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: 'cohort' })
  })
  return { members, allowance: allowanceOf(data) }
}

/** Only "there is no such node" says something about an account; anything else said beside one is a question unanswered. */
function refuseUnclear(faults: readonly GraphqlFault[]): void {
  if (faults.every(({ type }) => type === 'NOT_FOUND')) return
  throw new PlatformError({ platform: 'github', kind: 'unavailable', note: 'partial answer', isTooHeavy: true })
}

function answerOf({ account, untilUpdatedAt, cursor }: Place, member: CohortMember): CohortAnswer {
  const none = { platformUserId: account.platformUserId, glimpses: [], skipped: [], nextCursor: null }
  const isSame = member !== null && String(member.databaseId) === account.platformUserId
  if (!isSame || !member.pullRequests || member.login === undefined || member.id === undefined) {
    return { ...none, sight: 'suspended', named: null }
  }
  const named = { login: member.login, nodeId: member.id }
  const { totalCount, pageInfo, nodes } = member.pullRequests
  if (totalCount === 0 && cursor === null) {
    // A watermark says that there were some: they are hidden, not gone.
    return { ...none, named, sight: untilUpdatedAt === null ? 'unclear' : 'private' }
  }
  const read = (nodes ?? []).map(readGlimpse)
  const seen = read.flatMap((record) => ('glimpse' in record ? [record.glimpse] : []))
  const glimpses = seen.filter(({ updatedAt }) => untilUpdatedAt === null || updatedAt >= untilUpdatedAt)
  const reachedOld = glimpses.length < seen.length
  return {
    platformUserId: account.platformUserId,
    sight: 'visible',
    named,
    glimpses,
    skipped: read.flatMap((record) => ('skipped' in record ? [record.skipped] : [])),
    nextCursor: pageInfo.hasNextPage && !reachedOld ? pageInfo.endCursor : null,
  }
}

const STATES = { OPEN: 'open', CLOSED: 'closed', MERGED: 'merged' } as const

function readGlimpse(node: unknown): { glimpse: PullRequestGlimpse } | { skipped: SkippedRecord } {
  if (node === null || node === undefined) return { skipped: { reference: 'github', reason: 'hidden_record' } }
  const parsed = glimpseSchema.safeParse(node)
  if (!parsed.success) {
    const named = recordReferenceSchema.safeParse(node)
    const reference = named.success ? `${named.data.repository.nameWithOwner}#${named.data.number}` : 'github'
    return { skipped: { reference, reason: 'unreadable_record' } }
  }
  const { id: nodeId, number, state, updatedAt, repository } = parsed.data
  if (repository.isPrivate) return { skipped: { reference: 'github', reason: 'private_repository' } }
  const platformRepositoryId = String(repository.databaseId)
  return { glimpse: { nodeId, platformRepositoryId, number, state: STATES[state], updatedAt } }
}

async function readPullRequests(api: GitHubApi, nodeIds: readonly string[], call: Call) {
  if (nodeIds.length === 0) return { items: [], skipped: [], allowance: null }
  const data = await api.graphql(PULL_REQUESTS_BY_ID, { ...call, variables: { ids: nodeIds }, shrinks: true })
  const parsed = nodesSchema.safeParse(data)
  if (!parsed.success) throw new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: 'pull requests' })
  const records = parsed.data.nodes.map(readRecord)
  return {
    items: records.flatMap((record) => ('item' in record ? [record.item] : [])),
    skipped: records.flatMap((record) => ('skipped' in record ? [record.skipped] : [])),
    allowance: allowanceOf(data),
  }
}

/** Accounts whose node id is not known are looked for by login, all in one request; the number must be theirs. */
async function withNodeIds(api: GitHubApi, places: readonly CohortPlace[], call: Call): Promise<Place[]> {
  const unknown = places.filter(({ account }) => account.nodeId === null)
  if (unknown.length === 0) return places.map((place) => ({ ...place, nodeId: place.account.nodeId }))
  const { query, variables } = accountsByLogin(unknown.map(({ account }) => account.login))
  const { data, faults } = await api.graphqlWithFaults(query, { ...call, variables, shrinks: true })
  refuseUnclear(faults)
  const found = new Map<string, string>()
  for (const [at, { account }] of unknown.entries()) {
    const parsed = userAt(data, at)
    const user = parsed.success ? parsed.data : null
    if (user && String(user.databaseId) === account.platformUserId) found.set(account.platformUserId, user.id)
  }
  return places.map((place) => ({
    ...place,
    nodeId: place.account.nodeId ?? found.get(place.account.platformUserId) ?? null,
  }))
}

/**
 * GitHub's search refuses to look for the work of somebody who hides it (422), while a list of it is merely empty. Thirty
 * such questions a minute.
 */
async function lookAtEmptyAccount(
  api: GitHubApi,
  { login }: AccountReference,
  { credential, signal }: Call,
): Promise<'visible' | 'private' | 'suspended'> {
  const query = new URLSearchParams({ q: `author:${login} is:pr`, per_page: '1' })
  const answer = await api.askRest(`/search/issues?${query}`, restSearchSchema, { credential, signal, refusals: [422] })
  return answer === 'refused' ? 'private' : 'visible'
}

function allowanceOf(data: unknown): Allowance {
  const parsed = allowanceSchema.safeParse(data)
  return parsed.success ? parsed.data.rateLimit : null
}
