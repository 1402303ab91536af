import { numbered } from '../details'
import { shaOf } from '../random'
import { GITHUB_BOTS } from '../special-accounts'
import type { PullRequest, PullRequestEvent } from '../types'
import type { Draft } from './draft'

const DAY_MS = 86_400_000
const MERGEBOT = GITHUB_BOTS.pytorchMerge.id

export type Told = { pullRequest: PullRequest; events: readonly PullRequestEvent[] }

/** PyTorch's longer lives: closed by the bot, reverted with the label staying, closed again or landed again. */
export function tellStory(pullRequest: PullRequest, story: NonNullable<Draft['story']>): Told {
  const landing = pullRequest.landing
  if (!landing) throw new Error('a story of a landing needs one')
  const firstAt = landing.at
  const revertAt = new Date(firstAt.getTime() + 2 * DAY_MS)
  const endAt = new Date(firstAt.getTime() + 5 * DAY_MS)
  const revertSha = shaOf('revert', landing.sha)
  const begun = [
    { kind: 'labeled', actorId: MERGEBOT, at: firstAt, label: 'Merged' },
    { kind: 'referenced', actorId: MERGEBOT, at: firstAt, commitSha: landing.sha },
    { kind: 'closed', actorId: MERGEBOT, at: firstAt, commitSha: landing.sha },
    { kind: 'labeled', actorId: MERGEBOT, at: revertAt, label: 'Reverted' },
    { kind: 'referenced', actorId: MERGEBOT, at: revertAt, commitSha: revertSha },
    { kind: 'reopened', actorId: MERGEBOT, at: revertAt },
  ] as const
  const labels = [...pullRequest.labels.filter((label) => label !== 'Merged'), 'Merged', 'Reverted']
  const revertedBy = { sha: revertSha, at: revertAt, number: null }
  const reverted = { ...pullRequest, labels, revertedBy }
  if (story === 'reverted_open') {
    const told: PullRequest = { ...reverted, state: 'open', closedAt: null, closedById: null, updatedAt: revertAt }
    return { pullRequest: told, events: numbered(told, begun) }
  }
  if (story === 'reverted_closed_by_author') {
    const closedById = pullRequest.authorId
    const told: PullRequest = { ...reverted, closedAt: endAt, closedById, updatedAt: endAt }
    const end = { kind: 'closed', actorId: closedById, at: endAt, commitSha: null } as const
    return { pullRequest: told, events: numbered(told, [...begun, end]) }
  }
  const again = { ...landing, sha: shaOf('landed-again', landing.sha), at: endAt }
  const told: PullRequest = {
    ...pullRequest,
    labels: [...labels, 'MergedX2'],
    landing: again,
    closedAt: endAt,
    updatedAt: endAt,
  }
  const end = [
    { kind: 'labeled', actorId: MERGEBOT, at: endAt, label: 'MergedX2' },
    { kind: 'referenced', actorId: MERGEBOT, at: endAt, commitSha: again.sha },
    { kind: 'closed', actorId: MERGEBOT, at: endAt, commitSha: again.sha },
  ] as const
  return { pullRequest: told, events: numbered(told, [...begun, ...end]) }
}
