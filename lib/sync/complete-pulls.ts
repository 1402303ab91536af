import type { LandingRules } from '@/lib/domain/landing-rule'
import { eventOfCommit, eventsOfListed, type RevertEvent } from '@/lib/domain/revert-chain'
import type { CompletedPullRequest, Credential, PlatformPort, PullRequestSeen } from '@/lib/platforms/port'

type Asking = { platform: PlatformPort; credential: Credential; signal?: AbortSignal }
export type ToComplete = { pullRequest: PullRequestSeen; landingRules: LandingRules }

/** Reverts of reverts are followed so far; one act more is as good as never. */
const MAX_REVERTS = 8

/**
 * What lists leave out is asked for, outside any transaction: what landed it, what took it back, and whether that still
 * stands. In the order given.
 */
export async function completePulls(asking: Asking, pulls: readonly ToComplete[]): Promise<CompletedPullRequest[]> {
  const completed: CompletedPullRequest[] = []
  for (const one of await completeAll(asking, pulls)) {
    const reverts = await followListed(asking, one)
    completed.push(reverts.length === 0 ? one : { ...one, reverts })
  }
  return completed
}

async function completeAll(asking: Asking, pulls: readonly ToComplete[]): Promise<readonly CompletedPullRequest[]> {
  const { platform, ...call } = asking
  if (pulls.length === 0) return []
  if (platform.completePullRequests) return platform.completePullRequests({ pullRequests: pulls, ...call })
  const completed: CompletedPullRequest[] = []
  for (const pull of pulls) completed.push(await platform.completePullRequest({ ...pull, ...call }))
  return completed
}

/**
 * What reverts the pull requests that are listed as reverting this one, and so on: it is shown at them and not here. In
 * most cases nothing is listed, and nothing is asked.
 */
async function followListed(asking: Asking, { pullRequest }: CompletedPullRequest): Promise<RevertEvent[]> {
  const { owner, name } = pullRequest.repository
  const fullName = `${owner}/${name}`
  const events: RevertEvent[] = []
  const asked = new Set([pullRequest.number])
  const waiting = pullRequest.revertedBy.map(({ number }) => number)
  for (let number = waiting.shift(); number !== undefined && asked.size <= MAX_REVERTS; number = waiting.shift()) {
    if (asked.has(number)) continue
    asked.add(number)
    const revert = await askFor(asking, { owner, name, number })
    if (revert === null) continue
    events.push(...revert.branchCommits.map((commit) => eventOfCommit(commit, fullName)))
    events.push(...eventsOfListed(number, revert.pullRequest.revertedBy))
    waiting.push(...revert.pullRequest.revertedBy.map((one) => one.number))
  }
  return events
}

type Place = { owner: string; name: string; number: number }

async function askFor({ platform, ...call }: Asking, place: Place): Promise<CompletedPullRequest | null> {
  const pullRequest = await platform.findPullRequest({ ...place, ...call })
  return pullRequest && platform.completePullRequest({ pullRequest, landingRules: [{ rule: 'merged' }], ...call })
}
