import { AccountList } from '../account-list'
import { PullRequestArray } from '../array-source'
import { deriveDetails, numbered } from '../details'
import { Random, shaOf } from '../random'
import { keyText, type WorldSource } from '../source'
import type { Account, Platform, PullRequest, PullRequestDetails, PullRequestEvent, Review } from '../types'
import { smallAccounts } from './accounts'
import { buildPullRequest } from './build'
import { ordinaryDrafts } from './crowd-drafts'
import { directCommits } from './direct-commits'
import type { Draft } from './draft'
import { hardDrafts } from './hard-drafts'
import { hubDrafts, LIN_YUE_HUB } from './hub-drafts'
import { movedDrafts } from './moved-drafts'
import { SMALL_REPOSITORIES } from './repositories'
import { tellStory } from './stories'
import { trapDrafts } from './trap-drafts'
import { CHEN_SIYUAN } from './trap-people'

const DAY_MS = 86_400_000

/** The built-in world: about 40 repositories, 110 people, 950 pull requests, every trap. */
export function smallWorld(seed: string): WorldSource {
  const { accounts, crowd } = smallAccounts()
  const list = new AccountList(accounts)
  const maintainers = maintainersBy(seed, crowd)
  const drafts = [
    byTime(withReverts([...ordinaryDrafts(seed, crowd), ...trapDrafts(crowd)], maintainers)),
    // What was thought of later comes after, so that nothing before it is counted anew.
    byTime(withReverts(movedDrafts(seed, crowd.gitcode), maintainers)),
    byTime(withReverts(hardDrafts(), maintainers)),
    byTime(hubDrafts(seed, crowd.huggingface)),
  ].flat()
  const { pullRequests, stories } = build(drafts, { list, maintainers })
  const details = detailsOf({ list, maintainers, stories })
  return {
    seed,
    accounts: list,
    repositories: SMALL_REPOSITORIES,
    pullRequests: new PullRequestArray(pullRequests, details),
    directCommits: directCommits((id) => accountIn(list, 'github', id)),
  }
}

type Maintainers = ReadonlyMap<number, readonly number[]>

function maintainersBy(seed: string, crowd: Readonly<Record<Platform, readonly Account[]>>): Maintainers {
  const maintainers = new Map<number, readonly number[]>()
  for (const { id, platform, ownerId } of SMALL_REPOSITORIES) {
    const random = new Random(`${seed}/maintainers/${id}`)
    const chosen = Array.from({ length: 4 }, () => random.pick(crowd[platform]).id)
    // A personal repository is kept by its owner alone.
    maintainers.set(id, [71204501, 71204503, LIN_YUE_HUB].includes(ownerId) ? [ownerId] : [...new Set(chosen)])
  }
  return maintainers
}

/** A revert by pull request is a pull request of a maintainer, a week later; so is the revert of that one. */
function withReverts(drafts: readonly Draft[], maintainers: Maintainers): readonly Draft[] {
  const reverts = drafts.flatMap((draft, index): Draft[] => {
    if (!draft.reverted?.startsWith('pull_request')) return []
    draft.name ??= `reverted-${index}`
    const revert = revertOf(draft, maintainers)
    return draft.reverted === 'pull_request' ? [revert] : [revert, revertOf(revert, maintainers)]
  })
  return [...drafts, ...reverts]
}

function revertOf(draft: Draft, maintainers: Maintainers): Draft {
  return {
    repository: draft.repository,
    authorId: maintainers.get(draft.repository.id)?.[0] ?? draft.authorId,
    createdAt: new Date(draft.createdAt.getTime() + 7 * DAY_MS),
    title: `Revert "${draft.title}"`,
    landing: 'merged',
    traps: [],
    name: `revert-of-${draft.name}`,
  }
}

type Known = { list: AccountList; maintainers: Maintainers }
type Built = { pullRequests: readonly PullRequest[]; stories: ReadonlyMap<string, readonly PullRequestEvent[]> }

function byTime(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
}

function build(drafts: readonly Draft[], known: Known): Built {
  const numbers = new Map<number, number>()
  const named = new Map<string, number>()
  const stories = new Map<string, readonly PullRequestEvent[]>()
  const pullRequests: PullRequest[] = []
  for (const [handle, draft] of drafts.entries()) {
    const number = nextNumber(numbers, draft)
    const originalAt = draft.copyOf ? named.get(draft.copyOf.name) : undefined
    const original = originalAt === undefined ? null : (pullRequests[originalAt] ?? null)
    const maintainerIds = known.maintainers.get(draft.repository.id) ?? []
    const account = (platform: Platform, id: number) => accountIn(known.list, platform, id)
    let pullRequest = buildPullRequest({ draft, handle, number, maintainerIds, account, original })
    if (draft.story) {
      const told = tellStory(pullRequest, draft.story)
      pullRequest = told.pullRequest
      stories.set(keyText(pullRequest), told.events)
    }
    pullRequest = withRevertingCommit(pullRequest, draft)
    const closingAt = draft.closedByCommitOf ? named.get(draft.closedByCommitOf) : undefined
    const closing = closingAt === undefined ? null : pullRequests[closingAt]?.landing
    if (closing) stories.set(keyText(pullRequest), closedBy(pullRequest, closing.sha))
    if (draft.name) named.set(draft.name, handle)
    pullRequests.push(pullRequest)
  }
  return { pullRequests: linkReverts(pullRequests, named), stories }
}

function withRevertingCommit(pullRequest: PullRequest, { reverted }: Draft): PullRequest {
  const { landing } = pullRequest
  if (!reverted?.startsWith('commit') || !landing) return pullRequest
  const after = (days: number) => new Date(landing.at.getTime() + days * DAY_MS)
  const sha = shaOf('revert', landing.sha)
  const undoneBy = { sha: shaOf('revert', sha), at: after(9) }
  const isUndone = reverted === 'commit_undone'
  return { ...pullRequest, revertedBy: { sha, at: after(6), number: null, ...(isUndone ? { undoneBy } : {}) } }
}

function closedBy(pullRequest: PullRequest, commitSha: string): readonly PullRequestEvent[] {
  const { closedAt, closedById, authorId } = pullRequest
  if (!closedAt) return []
  return numbered(pullRequest, [{ kind: 'closed', actorId: closedById ?? authorId, at: closedAt, commitSha }])
}

/** Numbers grow with time and have gaps: issues share them. */
function nextNumber(numbers: Map<number, number>, { repository, createdAt }: Draft): number {
  const gap = 1 + (createdAt.getTime() % 3)
  const number = (numbers.get(repository.id) ?? repository.firstNumber) + gap
  numbers.set(repository.id, number)
  return number
}

function accountIn(list: AccountList, platform: Platform, id: number): Account {
  const account = list.find(platform, id)
  if (!account) throw new Error(`no ${platform} account ${id} in the small world`)
  return account
}

function linkReverts(pullRequests: readonly PullRequest[], named: ReadonlyMap<string, number>): readonly PullRequest[] {
  const linked = [...pullRequests]
  for (const [name, handle] of named) {
    const revertHandle = named.get(`revert-of-${name}`)
    const reverted = linked[handle]
    const revert = revertHandle === undefined ? undefined : linked[revertHandle]
    if (!reverted?.landing || !revert?.landing || revertHandle === undefined) continue
    const text = `This reverts commit ${reverted.landing.sha}.`
    const message = `${revert.landing.message}\n\n${text}`
    const body = `Reverts #${reverted.number}\n\n${text}`
    linked[revertHandle] = { ...revert, body, landing: { ...revert.landing, message } }
    linked[handle] = {
      ...reverted,
      revertedBy: { sha: revert.landing.sha, at: revert.landing.at, number: revert.number },
    }
  }
  return linked
}

type DetailsKnown = Known & { stories: Built['stories'] }

function detailsOf({ list, maintainers, stories }: DetailsKnown): (pullRequest: PullRequest) => PullRequestDetails {
  const repositories = new Map(SMALL_REPOSITORIES.map((repository) => [repository.id, repository]))
  return (pullRequest) => {
    const repository = repositories.get(pullRequest.repositoryId)
    if (!repository) throw new Error('a pull request outside of the repositories')
    const author = accountIn(list, pullRequest.platform, pullRequest.authorId)
    const derived = deriveDetails({
      pullRequest,
      repository,
      author,
      maintainerIds: maintainers.get(repository.id) ?? [],
    })
    const events = stories.get(keyText(pullRequest)) ?? derived.events
    const reviews = pullRequest.traps.includes('squash_co_author')
      ? [...derived.reviews, reviewOfStudent(pullRequest)]
      : derived.reviews
    return { ...derived, events, reviews }
  }
}

/** A student looks through what somebody else wrote, the day before it lands. */
function reviewOfStudent({ id, headSha, closedAt, updatedAt }: PullRequest): Review {
  const at = new Date((closedAt ?? updatedAt).getTime() - DAY_MS / 2)
  const body = 'The mask is off by one for the last group; the rest is fine.'
  return { id: id * 8 + 3, authorId: CHEN_SIYUAN, state: 'CHANGES_REQUESTED', body, commitSha: headSha, at }
}
