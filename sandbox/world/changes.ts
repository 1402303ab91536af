import { mergeMessage } from './merge-message'
import { shaOf } from './random'
import { keyText } from './source'
import type { Commit, PullRequest, World } from './types'

/** An open pull request is merged now: what a sync must find the next time. */
export function landPullRequest(world: World, pull: PullRequest, at: Date): PullRequest {
  const sha = shaOf('landed-later', keyText(pull))
  const mergedById = pull.mergedById ?? world.getDetails(pull).reviews[0]?.authorId ?? pull.authorId
  const repository = world.findRepository(pull.platform, pull.repositoryId)
  const message = mergeMessage(
    { platform: pull.platform, owner: repository?.owner ?? '', name: repository?.name ?? '' },
    pull,
  )
  const landing = { kind: 'merged', sha, at, branch: pull.baseBranch, message } as const
  const when = { closedAt: at, mergedAt: at, updatedAt: at }
  return world.changePullRequest(pull, { ...when, state: 'merged', landing, mergedById, mergeCommitSha: sha })
}

/** A landed one is reverted now, by a commit on the same branch. */
export function revertPullRequest(world: World, pull: PullRequest, at: Date): PullRequest {
  const revertedBy = { sha: shaOf('reverted-later', keyText(pull)), at, number: null }
  return world.changePullRequest(pull, { revertedBy, updatedAt: at })
}

/** A commit that came with no pull request is taken back now, by its author, on the same branch. */
export function revertCommit(world: World, commit: Commit, at: Date): Commit {
  const [title = ''] = commit.message.split('\n')
  return world.addCommit({
    ...commit,
    sha: shaOf('reverted-later', commit.sha),
    parents: [],
    message: `Revert "${title}"\n\nThis reverts commit ${commit.sha}.`,
    at,
  })
}
