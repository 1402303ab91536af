import type { AuthorType } from '@/lib/domain/contribution'
import type { EvidenceReview } from '@/lib/domain/evidence'
import type { PlatformUser } from '@/lib/domain/platform'
import type {
  CollectedFile,
  CommitSeen,
  Credential,
  PullRequestReference,
  PullRequestSeen,
  RepositoryReference,
  RepositorySeen,
} from './port'

/** What a platform cannot show says so, and nothing is asked. */
export type Offered<T> = { offered: true; found: T } | { offered: false }
export const NOT_OFFERED = { offered: false } as const

/** A commit by itself, with all that says whose it is and where it stands. */
export type CommitRead = {
  repository: RepositorySeen
  sha: string
  url: string
  /** Without e-mail addresses. */
  message: string
  author: { platformUserId: string | null; login: string | null; type: AuthorType }
  /** As the message's trailers name them; without an id where the address has none, which proves nobody. */
  coAuthors: readonly PlatformUser[]
  committedAt: Date
  /** The first of the branches that were asked about, or the default one, on which it stands; null on none. */
  branch: string | null
  /** A merge of two branches is nobody's own change. */
  isMerge: boolean
  /** The merged pull request of this repository that it came with. */
  pullRequestNumber: number | null
  files: readonly CollectedFile[]
  filesTruncated: boolean
  /** Later commits of that branch on the same file that say they take something back; none of what came with a pull request. */
  revertingCommits: readonly CommitSeen[]
}

/** A review that was handed in, and the pull request that it is of. */
export type ReviewRead = EvidenceReview & { url: string; authorType: AuthorType; pullRequest: PullRequestSeen }

/** A model or a dataset as a whole. */
export type ReleaseRead = {
  repository: RepositorySeen
  /** The person whose it is; null where it is an organisation's. */
  owner: { platformUserId: string; login: string } | null
  releasedAt: Date
  changedAt: Date
  downloads: number | null
  likes: number | null
  license: string | null
  hasCard: boolean
}

type Asking = { credential: Credential; signal?: AbortSignal }

/** What a person names by its address. Null where there is none, or none that the credential may see. */
export type NamedReading = {
  /** @param branches that count beside the default one */
  readCommit(
    input: RepositoryReference & { sha: string; branches: readonly string[] } & Asking,
  ): Promise<Offered<CommitRead | null>>
  /** By its own id, or by that of a remark in it. */
  readReview(
    input: PullRequestReference & { of: 'review' | 'remark'; id: string } & Asking,
  ): Promise<Offered<ReviewRead | null>>
  readRelease(input: RepositoryReference & Asking): Promise<Offered<ReleaseRead | null>>
}
