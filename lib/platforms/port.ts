import type {
  AuthorAssociation,
  AuthorType,
  CoAuthor,
  ContributionState,
  LandingResult,
} from '@/lib/domain/contribution'
import type { DependencyFileName } from '@/lib/domain/dependency-file'
import type { EvidenceCommit, EvidenceFile, EvidenceReview } from '@/lib/domain/evidence'
import type { BranchCommit } from '@/lib/domain/landing'
import type { LandingRules } from '@/lib/domain/landing-rule'
import type { Platform, PlatformUser } from '@/lib/domain/platform'
import type { RevertEvent } from '@/lib/domain/revert-chain'
import type { AllowanceMeter } from './allowance'
import type { NamedReading } from './named-port'

/** What a platform is asked with. Tokens live in here only: never in an address, an error or a log. */
export type Credential =
  | { kind: 'anonymous' }
  /** A person's own token, or one that the university may use for all its students. */
  | { kind: 'token'; of: 'person' | 'university'; token: string; meter?: AllowanceMeter }

export const ANONYMOUS: Credential = { kind: 'anonymous' }

/** Lets who watches over a credential hear what an answer says of its allowance, refusals too. */
export function tellMeter(credential: Credential, answer: { headers: Headers }): void {
  if (credential.kind === 'token') credential.meter?.hear(answer.headers)
}

/** An identity as the platform itself proved it. The numeric id (as text) is who it is; the rest is for show. */
export type ProvedIdentity = {
  platformUserId: string
  /** GitHub's opaque node id; null elsewhere. */
  nodeId: string | null
  login: string
  name: string | null
  avatarUrl: string | null
}

/** The account whose contributions are read. */
export type AccountReference = { platformUserId: string; nodeId: string | null; login: string }

export type GrantedToken = { token: string; expiresAt: Date | null }

export type RevokeOutcome = 'revoked' | 'unsupported'

/** Proof of an identity by OAuth. Nothing but public data is asked for. */
export type OAuthPort = {
  /** The platform's page of consent. `codeChallenge` (S256) is left out where the platform has no PKCE. */
  authorizeUrl(input: { state: string; redirectUri: string; codeChallenge: string }): string
  exchangeCode(input: { code: string; redirectUri: string; codeVerifier: string }): Promise<GrantedToken>
  whoAmI(token: string): Promise<ProvedIdentity>
  /** Ends a token at the platform. A token that is dead already counts as revoked. */
  revoke(token: string): Promise<RevokeOutcome>
}

/** What a platform says about a repository now. */
export type RepositorySeen = {
  platformRepositoryId: string
  ownerPlatformUserId: string | null
  owner: string
  name: string
  url: string
  defaultBranch: string | null
  isFork: boolean
  isArchived: boolean
  isPrivate: boolean
  stars: number | null
  license: string | null
  language: string | null
  /** Null where this answer does not say. */
  topics: readonly string[] | null
}

/** A commit, its message without e-mail addresses. */
export type CommitSeen = BranchCommit

/** A merged pull request of the same repository which says that it reverts the one it is listed at. */
export type RevertingPullRequest = { number: number; commitSha: string | null; mergedAt: Date }

export type EarlierMentions = {
  commits: { cursor: string; oldestAt: Date } | null
  pullRequests: { cursor: string; oldestAt: Date } | null
}

/** A pull request as the platform shows it now: facts only. */
export type PullRequestSeen = {
  platform: Platform
  repository: RepositorySeen
  number: number
  nodeId: string | null
  title: string
  url: string
  authorPlatformUserId: string | null
  authorLogin: string | null
  authorType: AuthorType
  authorAssociation: AuthorAssociation | null
  state: ContributionState
  createdAt: Date
  updatedAt: Date
  closedAt: Date | null
  mergedAt: Date | null
  baseBranch: string
  labels: readonly string[]
  additions: number | null
  deletions: number | null
  changedFiles: number | null
  mergedBy: PlatformUser | null
  lastClosedBy: PlatformUser | null
  closerCommitSha: string | null
  /** Set on unmerged ones too at GitHub: never proof by itself. */
  mergeCommitSha: string | null
  /** The message of the merge commit without addresses, where this answer holds it. */
  mergeMessage?: string | null
  /** What `git patch-id --stable` says of it, where this answer holds all of its files. */
  patchId?: string | null
  /** Commits that the message of the merge commit says it was picked from. */
  cherryPickedFrom: readonly string[]
  /** Numbers in the same repository that its title or body says it reverts. */
  reverts: readonly number[]
  /** Commits that mention it, on whatever branch or fork: candidates, no proof. */
  mentionedBy: readonly CommitSeen[]
  revertedBy: readonly RevertingPullRequest[]
  /** Where the two lists above are cut: what the platform goes on by, and the oldest that they hold. Left out: they are whole. */
  earlierMentions?: EarlierMentions
}

/** A record that could not be used: what it is, and a reason code. */
export type SkippedRecord = { reference: string; reason: SkipReason }

export const SKIP_REASONS = [
  /** the record has not the shape that the platform documents */
  'unreadable_record',
  /** the platform gave nothing at this place: deleted, or hidden from this credential */
  'hidden_record',
  /** another numeric id wrote it: the login was taken over */
  'other_author',
  'private_repository',
] as const
export type SkipReason = (typeof SKIP_REASONS)[number]

/** A pull request with all that its platform can tell, and commits that stand on its branches and speak of it. */
export type CompletedPullRequest = {
  pullRequest: PullRequestSeen
  branchCommits: readonly CommitSeen[]
  /** What the reverts of it, and the reverts of those, say: filled in where the pull request is listed as reverted. */
  reverts?: readonly RevertEvent[]
}

export type PullRequestPage = {
  items: readonly PullRequestSeen[]
  skipped: readonly SkippedRecord[]
  /** Where the next page starts; null when this was the last one down to `untilUpdatedAt`. */
  nextCursor: string | null
}

export type PullRequestPageRequest = {
  account: AccountReference
  source: string
  credential: Credential
  cursor: string | null
  /** Pages end where everything older than this begins; null reads all. */
  untilUpdatedAt: Date | null
  signal?: AbortSignal
}

/** What a platform says is left of a credential's allowance; null where the answer does not tell. */
export type Allowance = { remaining: number; resetAt: Date } | null

/** As far as one scan of many accounts shows a pull request: enough to know whether it is new or changed. */
export type PullRequestGlimpse = {
  /** What {@link CohortPort.readPullRequests} asks for it by. */
  nodeId: string
  platformRepositoryId: string
  number: number
  state: ContributionState
  updatedAt: Date
}

/** One account of a cohort, and from where its list is read. */
export type CohortPlace = {
  account: AccountReference
  /** Where its next page starts; null for its first. */
  cursor: string | null
  /** Its watermark: what is older is left out; null reads all. */
  untilUpdatedAt: Date | null
}

/**
 * What a scan shows of one account. `private` is a profile whose contributions only its owner's token sees; `suspended` an
 * account that the platform does not show to anybody (suspended or deleted); `unclear` one without any pull request,
 * which may be either empty or private. None of them is "nothing new".
 */
export type CohortAnswer = {
  platformUserId: string
  sight: 'visible' | 'private' | 'suspended' | 'unclear'
  /** What the account is called today; null where it is not shown. */
  named: { login: string; nodeId: string } | null
  glimpses: readonly PullRequestGlimpse[]
  skipped: readonly SkippedRecord[]
  /** Null when this page reached the watermark or the end. */
  nextCursor: string | null
}

/** Many accounts in one request, scalars only; then what is new, in as few requests. */
export type CohortPort = {
  /** How many accounts one scan may ask about, how many where some go on at a cursor, and how many pull requests one reading. */
  cohortLimits: { accounts: number; deepAccounts: number; pullRequests: number }
  /**
   * The next page of each account, newest update first, by immutable id. Accounts without a node id are resolved first.
   * @throws PlatformError `unavailable` with {@link PlatformError.isTooHeavy} when fewer accounts may pass
   */
  scanCohort(input: {
    places: readonly CohortPlace[]
    credential: Credential
    signal?: AbortSignal
  }): Promise<{ answers: readonly CohortAnswer[]; allowance: Allowance }>
  /** Pull requests by node id, whole; one that is hidden now is skipped and reported. */
  readPullRequests(input: {
    nodeIds: readonly string[]
    credential: Credential
    signal?: AbortSignal
  }): Promise<{ items: readonly PullRequestSeen[]; skipped: readonly SkippedRecord[]; allowance: Allowance }>
  /** Whether an account that shows no pull request at all is empty or hides them: one request an account. */
  lookAtEmptyAccount(input: {
    account: AccountReference
    credential: Credential
    signal?: AbortSignal
  }): Promise<'visible' | 'private' | 'suspended'>
}

export type RepositoryPageRequest = {
  /** As {@link PlatformPort.listSources} names it. */
  source: string
  credential: Credential
  cursor: string | null
  /** The repository's watermark: pages end where everything older than this begins; null reads all. */
  untilUpdatedAt: Date | null
  signal?: AbortSignal
}

/** A repository's landed pull requests of everybody, so that the cost does not grow with the students. */
export type RepositoryPort = {
  /**
   * One page of all authors' merged pull requests, newest update first, in one request; one more where records do not say
   * by id which repository they are of. Rows may repeat when the list moves while it is read; none may be lost: pages go
   * from the newest down. Of the repository what the list shows; what it leaves out is null ("not told here") and looked
   * up by the caller where something is new.
   * @throws PlatformError `not_found` when the repository is gone, private or renamed
   */
  listRepositoryPullRequests(request: RepositoryPageRequest): Promise<PullRequestPage>
}

/** What of the catalog decides where to look: repositories one by one, owners as a whole. */
export type CatalogSources = {
  repositories: readonly { owner: string; name: string }[]
  owners: readonly string[]
}

export type RepositoryReference = { owner: string; name: string }
export type PullRequestReference = RepositoryReference & { number: number }

/** A changed file with its diff; the hash of the diff stands in the evidence. */
export type CollectedFile = EvidenceFile & { previousPath: string | null; patch: string | null }

/** Everything that evidence is made of, as it is now. No e-mail address is in it. */
export type CollectedEvidence = {
  pullRequest: PullRequestSeen
  files: readonly CollectedFile[]
  filesTruncated: boolean
  commits: readonly EvidenceCommit[]
  commitsTruncated: boolean
  reviews: readonly EvidenceReview[]
  /** Whom it proves to have written it as well; left out where nobody is known to have. */
  coAuthors?: readonly CoAuthor[]
  /** How it landed, where no rule of the repository has to be asked: a commit's, a release's. */
  landing?: LandingResult
  /** Of a review, what it is of: a review stands and falls with it. */
  reviewed?: PullRequestSeen
}

/** What one looks at to know whether a repository is alive and what it is for; null where a platform does not tell. */
export type RepositoryProfile = {
  repository: RepositorySeen
  description: string | null
  /** `owner/name` of what it was forked from. */
  forkOf: string | null
  createdAt: Date | null
  pushedAt: Date | null
  lastRelease: { name: string; publishedAt: Date } | null
}

/** A file at the root of a repository that lists what it is built on. */
export type DependencyFileSeen = { name: DependencyFileName; text: string }

/**
 * All that Yuanfen asks of a platform. Every method throws {@link PlatformError} and nothing else when the platform fails,
 * and is free of state: a second instance answers the same.
 */
export type PlatformPort = PlatformBasics & NightlyReading & NamedReading

/**
 * How a platform is read at night: account by account on its own list, many accounts a request, or repository by
 * repository for everybody at once. A student's own sync reads the account's list in any case.
 */
export type NightlyReading =
  | { sync: 'by_account' }
  | ({ sync: 'by_cohort' } & CohortPort)
  | ({ sync: 'by_repository' } & RepositoryPort)

export type PlatformBasics = {
  platform: Platform
  oauth: OAuthPort
  /**
   * The account under the name that it has today.
   * @throws PlatformError `sign_in_expired` when only its owner can show what it is called now
   */
  resolveAccount(input: {
    account: AccountReference
    credential: Credential
    signal?: AbortSignal
  }): Promise<AccountReference>
  /** Names of the lists that hold the account's pull requests; each has its own watermark. */
  listSources(input: {
    catalog: CatalogSources
    credential: Credential
    signal?: AbortSignal
  }): Promise<readonly string[]>
  /** One page, newest update first. */
  listAuthorPullRequests(request: PullRequestPageRequest): Promise<PullRequestPage>
  /**
   * What lists leave out, looked up for one new or changed pull request: Gitee's merge commit, merger and line counts;
   * commits of the target or default branch that landed it or took it back. What cannot be had stays null.
   */
  completePullRequest(input: {
    pullRequest: PullRequestSeen
    landingRules: LandingRules
    credential: Credential
    signal?: AbortSignal
  }): Promise<CompletedPullRequest>
  /** As {@link completePullRequest}, for many in as few requests as the platform allows, in the same order. */
  completePullRequests?(input: {
    pullRequests: readonly { pullRequest: PullRequestSeen; landingRules: LandingRules }[]
    credential: Credential
    signal?: AbortSignal
  }): Promise<readonly CompletedPullRequest[]>
  /**
   * Commits of a source's branches, from `since` on, that say they take something back: for a platform whose pull requests
   * do not show who mentions them. Null where they do, and nothing is asked.
   */
  listRevertingCommits(input: {
    source: string
    branches: readonly string[]
    since: Date
    credential: Credential
    signal?: AbortSignal
  }): Promise<readonly CommitSeen[] | null>
  /** Null when there is none, or none that the credential may see. */
  findPullRequest(
    input: PullRequestReference & { credential: Credential; signal?: AbortSignal },
  ): Promise<PullRequestSeen | null>
  findRepository(
    input: RepositoryReference & { credential: Credential; signal?: AbortSignal },
  ): Promise<RepositorySeen | null>
  /** As {@link findRepository}, with what a nomination is judged by; a platform without it gives what that one gives. */
  describeRepository?(
    input: RepositoryReference & { credential: Credential; signal?: AbortSignal },
  ): Promise<RepositoryProfile | null>
  /** Files of {@link DEPENDENCY_FILE_NAMES} at the root of the default branch, too large ones left out; none where there is none. */
  findDependencyFiles?(
    input: RepositoryReference & { credential: Credential; signal?: AbortSignal },
  ): Promise<readonly DependencyFileSeen[]>
  /** The changed files with their diffs, without all else that evidence is made of; null when there is no such pull request. */
  listChangedFiles?(
    input: PullRequestReference & { credential: Credential; signal?: AbortSignal },
  ): Promise<{ files: readonly CollectedFile[]; isTruncated: boolean } | null>
  /** Everything there is to freeze; throws `not_found` when the pull request is gone. */
  collectEvidence(
    input: PullRequestReference & { credential: Credential; signal?: AbortSignal },
  ): Promise<CollectedEvidence>
}
