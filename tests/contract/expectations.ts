import type { Platform } from '@/lib/domain/platform'
import type { CatalogSources } from '@/lib/platforms/port'
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
  leftOutOfLists: readonly ('mergeCommitSha' | 'mergedBy' | 'additions' | 'mergedAt')[]
  /** Whether lists tell when something changed last: without it an account's list is read whole each time. */
  tellsChanges: boolean
  /** What the catalog includes, and a source of it that several people wrote to. */
  catalog: CatalogSources
  busySource: string
  /** Requests for a page of a repository: a second one where records do not say which repository it is by id. */
  requestsAPage: number
  /** What a person may name by its address beside a pull request; the rest is `NOT_OFFERED`, without a request. */
  offers: { commit: boolean; review: boolean; release: boolean }
  /** How a platform that is asked too often says so: how long to wait, in seconds, at least and at most. */
  limitWaitSeconds: readonly [number, number]
}

const CATALOG: CatalogSources = {
  repositories: [
    { owner: 'mindspore', name: 'mindspore' },
    { owner: 'mindspore', name: 'mindformers' },
  ],
  owners: ['ascend'],
}
const BUSY = 'repository:mindspore/mindformers'
const CATALOGUED = /^(mindspore\/(mindspore|mindformers)|ascend\/)/i
const AT_HUB = /^(Qwen\/Qwen2\.5-7B-Instruct$|datasets\/HuggingFaceFW\/fineweb$|BAAI\/|spaces\/mteb\/)/

export const EXPECTATIONS: Readonly<Record<Platform, Expectation>> = {
  github: {
    author: 71204501,
    scope: '',
    sendsChallenge: true,
    revoked: 'revoked',
    readsWithoutToken: true,
    isListed: (_pull, { isPrivate }) => !isPrivate,
    leftOutOfLists: [],
    tellsChanges: true,
    catalog: CATALOG,
    busySource: BUSY,
    requestsAPage: 1,
    offers: { commit: true, review: true, release: false },
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
    tellsChanges: true,
    catalog: CATALOG,
    busySource: BUSY,
    requestsAPage: 1,
    offers: { commit: false, review: false, release: false },
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
    tellsChanges: true,
    catalog: CATALOG,
    busySource: BUSY,
    requestsAPage: 1,
    offers: { commit: false, review: false, release: false },
    limitWaitSeconds: [30, 200],
  },
  huggingface: {
    author: 7150001,
    scope: 'openid profile',
    sendsChallenge: true,
    revoked: 'unsupported',
    readsWithoutToken: true,
    isListed: (pull, { owner, name }) => pull.state === 'merged' && AT_HUB.test(`${owner}/${name}`),
    leftOutOfLists: ['mergeCommitSha', 'mergedBy', 'additions', 'mergedAt'],
    tellsChanges: false,
    catalog: {
      repositories: [
        { owner: 'Qwen', name: 'Qwen2.5-7B-Instruct' },
        { owner: 'datasets/HuggingFaceFW', name: 'fineweb' },
      ],
      owners: ['BAAI', 'spaces/mteb'],
    },
    busySource: 'repository:BAAI/bge-m3',
    requestsAPage: 2,
    offers: { commit: false, review: false, release: true },
    // Until its window of five minutes ends.
    limitWaitSeconds: [0, 302],
  },
}
