/**
 * The world that the sandbox's platforms show: plain facts, and the truth behind the traps.
 * Platforms read it through `World`; nobody else decides what an answer looks like.
 */

export const PLATFORMS = ['github', 'gitee', 'gitcode', 'huggingface'] as const
export type Platform = (typeof PLATFORMS)[number]

export const ACCOUNT_KINDS = ['User', 'Bot', 'Organization', 'Mannequin'] as const
export type AccountKind = (typeof ACCOUNT_KINDS)[number]

export type Account = {
  platform: Platform
  /** The platform's immutable id, the only identity: as a number here, however the platform writes it (see shown-ids.ts). */
  id: number
  login: string
  /** Logins it had before; somebody else may hold one of them today. */
  formerLogins: readonly string[]
  name: string | null
  /** Address behind its commits; the platform knows it, the app must drop it. */
  email: string
  kind: AccountKind
  /** GitHub: contributions are seen with the account's own token only. */
  isPrivate: boolean
  /** A deleted account is shown by REST as user null or as `ghost`, by GraphQL as author null. */
  deletedAs: 'null' | 'ghost' | null
  createdAt: Date
}

export type Repository = {
  platform: Platform
  id: number
  /** Account id of the organisation or user that owns it. */
  ownerId: number
  /** Of what is no model at Hugging Face, with its kind in front as in addresses: `datasets/owner`. */
  owner: string
  name: string
  /** `owner/name` forms that redirect here. */
  formerFullNames: readonly string[]
  /** Display name on Gitee and GitCode, may be Chinese. */
  displayName: string
  description: string
  defaultBranch: string
  isFork: boolean
  isArchived: boolean
  isPrivate: boolean
  stars: number
  license: string | null
  language: string
  topics: readonly string[]
  /** Its history is a copy of this one's: same commits, no landings of its own. */
  mirrorOf: { platform: Platform; repositoryId: number } | null
  createdAt: Date
  /** What Hugging Face tells of a model, a dataset or a space beside; its likes are the stars. */
  hub?: { downloads: number; hasCard: boolean }
}

/** Every trap of the field that the small world holds at least once; tests look pull requests up by it. */
export const TRAPS = [
  'pytorch_label_landing',
  'pytorch_reverted',
  'pytorch_relanded',
  'commit_trailer_landing',
  'ghstack_base',
  'copybara_landing',
  'meta_import',
  'spark_commit_closed',
  'bors_title',
  'unmerged_with_merge_commit_sha',
  'squash_co_author',
  'renamed_account',
  'reused_login',
  'renamed_repository',
  'transferred_repository',
  'deleted_author_null',
  'deleted_author_ghost',
  'release_branch',
  'branch_renamed',
  'private_profile',
  'mirror',
  'cherry_pick',
  'bot_author',
  'copilot_author',
  'self_merged',
  'own_repository',
  'trivial_change',
  'deleted_head_repository',
  'reverted',
  'not_in_catalog',
  'mirror_closed_unmerged',
  'moved_repository',
  'revert_undone',
  'closed_by_another_commit',
  'trailer_on_release_branch',
  'many_mentions',
  'many_files',
  'back_port',
] as const
export type Trap = (typeof TRAPS)[number]

export const LANDINGS = ['merged', 'label', 'trailer', 'closed_by_commit', 'copybara', 'ghstack', 'bors'] as const
export type LandingKind = (typeof LANDINGS)[number]

/** The truth: the commit by which a change arrived, however the platform shows its pull request. */
export type Landing = {
  kind: LandingKind
  sha: string
  at: Date
  branch: string
  /** Whole message of the landed commit. */
  message: string
}

export type PullRequestKey = { platform: Platform; repositoryId: number; number: number }

export type FileChange = {
  path: string
  previousPath: string | null
  status: 'added' | 'modified' | 'removed' | 'renamed'
  additions: number
  deletions: number
}

export type PullRequest = PullRequestKey & {
  /** Platform-wide id of the pull request. */
  id: number
  title: string
  body: string
  authorId: number
  /** As the platform shows it; Gitee's `merged` is a state of its own. */
  state: 'open' | 'closed' | 'merged'
  isDraft: boolean
  createdAt: Date
  updatedAt: Date
  closedAt: Date | null
  mergedAt: Date | null
  mergedById: number | null
  /** Who closed it last; for a merged one the merger. */
  closedById: number | null
  /** What the platform shows; on GitHub also set on pull requests that never merged. */
  mergeCommitSha: string | null
  baseBranch: string
  baseSha: string
  headBranch: string
  headSha: string
  /** Repository of the head branch; null when the fork was deleted. */
  headRepositoryId: number | null
  labels: readonly string[]
  additions: number
  deletions: number
  changedFiles: number
  commitCount: number
  landing: Landing | null
  coAuthorIds: readonly number[]
  /** What took it back; and the commit that took that back again, where no pull request did. */
  revertedBy: { sha: string; at: Date; number: number | null; undoneBy?: { sha: string; at: Date } } | null
  mirrorOf: PullRequestKey | null
  cherryPickOf: PullRequestKey | null
  /** The same change on another branch, of which no message speaks. */
  backPortOf?: PullRequestKey
  traps: readonly Trap[]
}

export type Commit = {
  repositoryId: number
  platform: Platform
  sha: string
  parents: readonly string[]
  message: string
  authorId: number | null
  authorName: string
  authorEmail: string
  committerId: number | null
  committerName: string
  committerEmail: string
  at: Date
  branch: string | null
  /** The pull request that it came with. */
  cameWith?: number
  /** A merge's other sides. */
  mergedParents?: readonly string[]
  /** Of one that came with none. */
  files?: readonly (FileChange & { patch: string })[]
}

export type Review = {
  id: number
  authorId: number
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED'
  body: string
  commitSha: string
  at: Date
}

export type Comment = { id: number; authorId: number; body: string; at: Date }

export type PullRequestEvent =
  | { id: number; kind: 'closed'; actorId: number; at: Date; commitSha: string | null }
  | { id: number; kind: 'reopened'; actorId: number; at: Date }
  | { id: number; kind: 'merged'; actorId: number; at: Date; commitSha: string }
  | { id: number; kind: 'labeled'; actorId: number; at: Date; label: string }
  | { id: number; kind: 'referenced'; actorId: number; at: Date; commitSha: string }
  /** Another pull request of the repository speaks of it. */
  | { id: number; kind: 'cross_referenced'; actorId: number; at: Date; number: number }

/** What only a detail call shows; derived from the pull request and the seed when asked for. */
export type PullRequestDetails = {
  files: readonly FileChange[]
  commits: readonly Commit[]
  reviews: readonly Review[]
  comments: readonly Comment[]
  events: readonly PullRequestEvent[]
}

export type PullRequestFilter = {
  platform: Platform
  repositoryId?: number
  authorId?: number
}

export type PullRequestOrder = { field: 'created' | 'updated'; direction: 'asc' | 'desc' }

/** Handles of pull requests in order; the list can be long, the pull requests are made when asked for. */
export type PullRequestList = {
  length: number
  at(index: number): PullRequest | undefined
}

/** What a test may change while the sandbox runs; everything else is as the seed made it. */
export type PullRequestChange = Partial<
  Pick<
    PullRequest,
    | 'title'
    | 'state'
    | 'updatedAt'
    | 'closedAt'
    | 'mergedAt'
    | 'mergedById'
    | 'mergeCommitSha'
    | 'labels'
    | 'landing'
    | 'revertedBy'
    | 'baseBranch'
  >
>

export type World = {
  seed: string
  listAccounts(platform: Platform, page: { search?: string; offset?: number; limit: number }): readonly Account[]
  findAccount(platform: Platform, id: number): Account | null
  /** By today's login, any case. A former login finds nobody, or the stranger who took it. */
  findAccountByLogin(platform: Platform, login: string): Account | null
  listRepositories(platform: Platform): readonly Repository[]
  findRepository(platform: Platform, id: number): Repository | null
  /** By today's or a former `owner/name`; compare the result's name to see a redirect. */
  findRepositoryByName(platform: Platform, owner: string, name: string): Repository | null
  countPullRequests(platform: Platform): number
  listPullRequests(filter: PullRequestFilter, order?: PullRequestOrder): PullRequestList
  findPullRequest(key: PullRequestKey): PullRequest | null
  findPullRequestById(platform: Platform, id: number): PullRequest | null
  getDetails(pullRequest: PullRequest): PullRequestDetails
  /** Unified diff of one file of a pull request, deterministic. */
  getPatch(pullRequest: PullRequest, file: FileChange): string
  /** Commits of a branch (default branch when not named), newest first. */
  listCommits(platform: Platform, repositoryId: number, branch?: string): readonly Commit[]
  findCommit(platform: Platform, repositoryId: number, sha: string): Commit | null
  changePullRequest(key: PullRequestKey, change: PullRequestChange): PullRequest
  /** Pushed straight to its branch now. */
  addCommit(commit: Commit): Commit
  changeAccount(
    platform: Platform,
    id: number,
    change: Partial<Pick<Account, 'login' | 'isPrivate' | 'deletedAs'>>,
  ): Account
}
