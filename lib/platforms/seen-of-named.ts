import type { LandingProof, LandingResult } from '@/lib/domain/contribution'
import { withReverts } from '@/lib/domain/landing'
import { patchIdOfFiles } from '@/lib/domain/patch-id'
import type { Platform } from '@/lib/domain/platform'
import { eventOfCommit, followReverts } from '@/lib/domain/revert-chain'
import { findCherryPickSources } from '@/lib/domain/work'
import type { CommitRead, ReleaseRead, ReviewRead } from './named-port'
import { NOTHING_KNOWN } from './nothing-known'
import type { PullRequestSeen } from './port'

/** A contribution of another kind in the shape that all are stored in, with how it landed. */
export type SeenAndLanded = { seen: PullRequestSeen; landing: LandingResult }

const TITLE_MAX = 1000

/**
 * A commit of its own, taken back where a later one says so. When it was pushed no platform tells: its time is the
 * committer's.
 */
export function seenOfCommit(platform: Platform, commit: CommitRead & { branch: string }): SeenAndLanded {
  const { sha, committedAt, branch, author, files, filesTruncated } = commit
  const fullName = `${commit.repository.owner}/${commit.repository.name}`
  const events = commit.revertingCommits.map((one) => eventOfCommit(one, fullName))
  const verdict = followReverts({ number: null, commitSha: sha, landedAt: committedAt }, events)
  const sum = (read: (file: CommitRead['files'][number]) => number) =>
    filesTruncated ? null : files.reduce((total, file) => total + read(file), 0)
  return {
    seen: {
      ...NOTHING_KNOWN,
      platform,
      repository: commit.repository,
      number: 0,
      title: (commit.message.split('\n')[0] ?? '').slice(0, TITLE_MAX),
      url: commit.url,
      authorPlatformUserId: author.platformUserId,
      authorLogin: author.login,
      authorType: author.type,
      state: 'merged',
      createdAt: committedAt,
      updatedAt: committedAt,
      closedAt: committedAt,
      mergedAt: committedAt,
      baseBranch: branch,
      additions: sum(({ additions }) => additions),
      deletions: sum(({ deletions }) => deletions),
      changedFiles: filesTruncated ? null : files.length,
      mergeCommitSha: sha,
      patchId: filesTruncated ? null : patchIdOfFiles(files),
      cherryPickedFrom: findCherryPickSources(commit.message),
    },
    landing: withReverts(
      {
        state: 'landed',
        landedAt: committedAt,
        rule: null,
        commitSha: sha,
        proof: [
          { fact: 'commit', value: sha },
          { fact: 'branch', value: branch },
          { fact: 'committed_at', value: committedAt.toISOString() },
        ],
      },
      verdict,
    ),
  }
}

/** A review stands with what was reviewed: it is of the term in which that landed. */
export function seenOfReview(review: ReviewRead, landed: LandingResult): SeenAndLanded {
  const { pullRequest, submittedAt } = review
  return {
    seen: {
      ...NOTHING_KNOWN,
      platform: pullRequest.platform,
      repository: pullRequest.repository,
      number: pullRequest.number,
      title: pullRequest.title,
      url: review.url,
      authorPlatformUserId: review.platformUserId,
      authorLogin: review.login,
      authorType: review.authorType,
      state: pullRequest.state,
      createdAt: new Date(submittedAt),
      updatedAt: pullRequest.updatedAt,
      closedAt: pullRequest.closedAt,
      mergedAt: pullRequest.mergedAt,
      baseBranch: pullRequest.baseBranch,
    },
    landing: landingOfReview(
      [
        { fact: 'review', value: review.state },
        { fact: 'submitted_at', value: submittedAt },
        { fact: 'reviewed_author', value: pullRequest.authorLogin ?? '' },
      ],
      landed,
    ),
  }
}

const OF_REVIEW: readonly string[] = ['review', 'submitted_at', 'reviewed_author']

/** How what was reviewed landed, behind what is known of the review itself. The commit is the reviewed work's, another one. */
export function landingOfReview(known: LandingProof, landed: LandingResult): LandingResult {
  const proof = [...known.filter(({ fact }) => OF_REVIEW.includes(fact)), ...withoutReview(landed.proof)]
  return { ...landed, commitSha: null, proof }
}

function withoutReview(proof: LandingProof): LandingProof {
  return proof.filter(({ fact }) => !OF_REVIEW.includes(fact))
}

/** A model or a dataset: released, with what its platform counts. */
export function seenOfRelease(
  platform: Platform,
  release: ReleaseRead & { owner: { platformUserId: string; login: string } },
): SeenAndLanded {
  const { repository, owner, releasedAt, changedAt } = release
  const counted = (fact: string, value: number | null) => (value === null ? [] : [{ fact, value: String(value) }])
  return {
    seen: {
      ...NOTHING_KNOWN,
      platform,
      repository,
      number: 0,
      title: `${repository.owner}/${repository.name}`,
      url: repository.url,
      authorPlatformUserId: owner.platformUserId,
      authorLogin: owner.login,
      authorType: 'user',
      state: 'merged',
      createdAt: releasedAt,
      updatedAt: changedAt,
      closedAt: releasedAt,
      mergedAt: releasedAt,
      baseBranch: repository.defaultBranch ?? '',
    },
    landing: {
      state: 'landed',
      landedAt: releasedAt,
      rule: null,
      commitSha: null,
      proof: [
        { fact: 'released_at', value: releasedAt.toISOString() },
        { fact: 'license', value: release.license ?? '' },
        { fact: 'card', value: release.hasCard ? 'yes' : 'no' },
        ...counted('downloads', release.downloads),
        ...counted('likes', release.likes),
      ],
    },
  }
}
