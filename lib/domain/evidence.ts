import { z } from 'zod'
import { canonicalHash } from './canonical-json'
import {
  AUTHOR_ASSOCIATIONS,
  AUTHOR_TYPES,
  CONTRIBUTION_KINDS,
  CONTRIBUTION_STATES,
  LANDING_STATES,
  landingProofSchema,
  landingRuleNameSchema,
} from './contribution'
import { PLATFORMS } from './platform'

const instant = z.iso.datetime()
const sha = z.string().regex(/^[0-9a-f]{7,64}$/)
const count = z.int().min(0)
const platformUser = z.strictObject({ platformUserId: z.string().nullable(), login: z.string() })

const evidenceFileSchema = z.strictObject({
  path: z.string(),
  status: z.enum(['added', 'modified', 'removed', 'renamed', 'copied', 'changed']),
  additions: count,
  deletions: count,
  /** SHA-256 of the patch text; null where the platform gives none (binary, too large). */
  patchSha256: z.string().length(64).nullable(),
})

const evidenceCommitSchema = z.strictObject({
  sha,
  authorLogin: z.string().nullable(),
  authorPlatformUserId: z.string().nullable(),
  /** First line only, without addresses. */
  messageFirstLine: z.string(),
  /** Co-authors of whom the message proves a platform account (noreply addresses carry the id). */
  coAuthors: z.array(z.strictObject({ platformUserId: z.string().nullable(), login: z.string() })),
  committedAt: instant,
})

const evidenceReviewSchema = z.strictObject({
  login: z.string().nullable(),
  platformUserId: z.string().nullable(),
  state: z.enum(['approved', 'changes_requested', 'commented', 'dismissed']),
  submittedAt: instant,
})

/**
 * The frozen evidence of one contribution, as it is hashed and kept: public facts of the platform at one moment.
 * Instants are ISO 8601 in UTC. It holds no e-mail address (invariant 10): build it through {@link freezeEvidence}.
 */
export const evidenceSchema = z.strictObject({
  schemaVersion: z.literal(1),
  capturedAt: instant,
  repository: z.strictObject({
    platform: z.enum(PLATFORMS),
    platformRepositoryId: z.string(),
    fullName: z.string(),
    defaultBranch: z.string(),
    ownerPlatformUserId: z.string().nullable(),
    fork: z.boolean(),
    archived: z.boolean(),
    stars: count.nullable(),
    license: z.string().nullable(),
  }),
  contribution: z.strictObject({
    kind: z.enum(CONTRIBUTION_KINDS),
    number: z.int().min(0),
    /** As in the fact; left out where it is empty, as in all that was frozen before there were other kinds. */
    ref: z.string().optional(),
    coAuthors: z.array(z.strictObject({ platformUserId: z.string(), login: z.string() })).optional(),
    title: z.string(),
    url: z.string(),
    authorPlatformUserId: z.string().nullable(),
    authorLogin: z.string().nullable(),
    authorType: z.enum(AUTHOR_TYPES),
    authorAssociation: z.enum(AUTHOR_ASSOCIATIONS).nullable(),
    state: z.enum(CONTRIBUTION_STATES),
    createdAt: instant,
    updatedAt: instant,
    closedAt: instant.nullable(),
    baseBranch: z.string(),
    labels: z.array(z.string()),
    additions: count,
    deletions: count,
    changedFiles: count,
  }),
  merge: z.strictObject({
    mergedAt: instant.nullable(),
    mergedBy: platformUser.nullable(),
    lastClosedBy: platformUser.nullable(),
    mergeCommitSha: sha.nullable(),
    landing: z.strictObject({
      state: z.enum(LANDING_STATES),
      landedAt: instant.nullable(),
      rule: landingRuleNameSchema.nullable(),
      commitSha: sha.nullable(),
      proof: landingProofSchema,
    }),
  }),
  files: z.array(evidenceFileSchema),
  /** True where the platform cut the list (GitHub 3,000 files, Gitee 300). */
  filesTruncated: z.boolean(),
  commits: z.array(evidenceCommitSchema),
  commitsTruncated: z.boolean(),
  reviews: z.array(evidenceReviewSchema),
})
export type EvidenceDocument = z.infer<typeof evidenceSchema>
export type EvidenceFile = z.infer<typeof evidenceFileSchema>
export type EvidenceCommit = z.infer<typeof evidenceCommitSchema>
export type EvidenceReview = z.infer<typeof evidenceReviewSchema>

/**
 * Makes the document that is kept: every text written by people is cleaned of e-mail addresses, lists are put in one order
 * (files by path, reviews by time, labels by name; commits stay as given, their order means something), and the shape is
 * checked.
 * @throws ZodError when the shape does not hold.
 */
export function freezeEvidence(document: EvidenceDocument): EvidenceDocument {
  const { contribution, files, commits, reviews } = document
  return evidenceSchema.parse({
    ...document,
    contribution: {
      ...contribution,
      title: stripAddresses(contribution.title),
      labels: contribution.labels.map(stripAddresses).sort(),
    },
    merge: {
      ...document.merge,
      landing: {
        ...document.merge.landing,
        proof: document.merge.landing.proof.map(({ fact, value }) => ({ fact, value: stripAddresses(value) })),
      },
    },
    files: files
      .map((file) => ({ ...file, path: stripAddresses(file.path) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    commits: commits.map((commit) => ({ ...commit, messageFirstLine: firstLineOf(commit.messageFirstLine) })),
    reviews: [...reviews].sort(bySubmission),
  })
}

/** SHA-256 (hex) of the canonical JSON of the document: the same evidence gives the same hash on any machine. */
export function hashEvidence(document: EvidenceDocument): string {
  return canonicalHash(document)
}

/** Replaces every e-mail address in a text by `[address removed]`; GitHub's noreply addresses become `@login`. */
export function stripAddresses(text: string): string {
  return text
    .replace(NOREPLY, (_address, _id: string | undefined, login: string) => `@${login}`)
    .replace(ADDRESS, '[address removed]')
}

/** First line of a commit message, without addresses, at most 200 characters. */
export function firstLineOf(message: string): string {
  return [...stripAddresses(message.split(/\r?\n/, 1)[0] ?? '')].slice(0, 200).join('').trim()
}

/**
 * Co-authors whose trailer names a platform account: `Co-authored-by: Name <ID+login@users.noreply.github.com>` proves the
 * id; the old form without it gives only a login, which today may be somebody else's. Other addresses prove nothing here.
 */
export function findCoAuthors(message: string): { platformUserId: string | null; login: string }[] {
  const found = message.split(/\r?\n/).flatMap((line) => {
    const address = /^co-authored-by:[^<]*<([^>]+)>\s*$/i.exec(line.trim())?.[1]
    const match = address === undefined ? null : new RegExp(`^${NOREPLY.source}$`, 'i').exec(address)
    return match?.[2] === undefined ? [] : [{ platformUserId: match[1] ?? null, login: match[2] }]
  })
  return [...new Map(found.map((author) => [author.platformUserId ?? author.login.toLowerCase(), author])).values()]
}

const NOREPLY = /(?:(\d{1,12})\+)?([a-z\d](?:[a-z\d-]{0,38})(?:\[bot\])?)@users\.noreply\.github\.com/gi
/** Whatever looks like an address: rather one word too many than one address kept. Full-width ＠ too. */
const ADDRESS = /[\p{L}\p{N}._%+'-]{1,64}[@＠](?:[\p{L}\p{N}-]{1,63}\.)+[\p{L}]{2,24}/gu

function bySubmission(a: EvidenceReview, b: EvidenceReview): number {
  const left = `${a.submittedAt} ${a.platformUserId ?? ''} ${a.state}`
  const right = `${b.submittedAt} ${b.platformUserId ?? ''} ${b.state}`
  return left < right ? -1 : Number(left > right)
}
