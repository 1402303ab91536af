import type { Platform } from '@/lib/domain/platform'
import type { PullRequest, Repository } from '@/sandbox/world/types'

/**
 * What the one suite expects of each platform where platforms differ: what one cannot do is said here and held to, never
 * passed over.
 */
export type Expectation = {
  /** An account of the sandbox's world with work of several kinds. */
  author: number
  /** All that is asked for at the consent page. */
  scope: string
  /** Whether the code is bound to us by a challenge. */
  sendsChallenge: boolean
  /** Whether a token can be ended at the platform. */
  revoked: 'revoked' | 'unsupported'
  /** Whether anybody may read what is public. */
  readsWithoutToken: boolean
  /** Whether the account's own lists bring a pull request. */
  isListed: (pull: PullRequest, repository: Repository) => boolean
  /** What lists do not tell and only a look-up finds. */
  leftOutOfLists: readonly ('mergeCommitSha' | 'mergedBy' | 'additions')[]
  /** How a platform that is asked too often says so: how long to wait, in seconds, at least and at most. */
  limitWaitSeconds: readonly [number, number]
}

/** What the catalog includes in these tests. */
export const CATALOG = {
  repositories: [
    { owner: 'mindspore', name: 'mindspore' },
    { owner: 'mindspore', name: 'mindformers' },
  ],
  owners: ['ascend'],
}
const CATALOGUED = /^(mindspore\/(mindspore|mindformers)|ascend\/)/i

export const EXPECTATIONS: Readonly<Record<Platform, Expectation>> = {
  github: {
    author: 71204501,
    scope: '',
    sendsChallenge: true,
    revoked: 'revoked',
    readsWithoutToken: true,
    isListed: (_pull, { isPrivate }) => !isPrivate,
    leftOutOfLists: [],
    limitWaitSeconds: [30, 200],
  },
  gitee: {
    author: 9150002,
    scope: 'user_info',
    sendsChallenge: false,
    revoked: 'unsupported',
    readsWithoutToken: true,
    isListed: (pull, { owner, name }) => pull.state === 'merged' && CATALOGUED.test(`${owner}/${name}`),
    leftOutOfLists: ['mergeCommitSha', 'mergedBy', 'additions'],
    limitWaitSeconds: [30, 200],
  },
  gitcode: {
    author: 5150002,
    scope: 'all_user',
    sendsChallenge: false,
    revoked: 'unsupported',
    readsWithoutToken: false,
    // With the person's own token, in whatever repository.
    isListed: (pull) => pull.state === 'merged',
    leftOutOfLists: ['mergeCommitSha'],
    limitWaitSeconds: [30, 200],
  },
}
