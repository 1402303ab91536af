import { z } from 'zod'

/** GitHub tells time in UTC, whole seconds. */
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)
const count = z.int().min(0)
/** Numbers from 1; beyond a database integer nothing is real. */
const pullRequestNumber = z.int().min(1).max(2_147_483_647)

// ------------------------------------------------------------ GraphQL

const whoSchema = z
  .object({ __typename: z.string(), login: z.string(), databaseId: z.number().nullish() })
  .nullish()
  .transform((who) => who ?? null)

const closingSchema = z.object({
  actor: whoSchema,
  closer: z
    .object({
      __typename: z.string(),
      oid: sha.optional(),
      message: z.string().optional(),
      committedDate: instant.optional(),
    })
    .nullish(),
})

/** Timelines are lists of what may be hidden: nulls stand for it. */
function nodes<S extends z.ZodType>(item: S) {
  return z.object({ nodes: z.array(item.nullable()).nullable() }).nullable()
}

const commitMentionSchema = z.object({
  createdAt: instant,
  commit: z.object({ oid: sha, message: z.string(), committedDate: instant }).nullish(),
})

const pullMentionSchema = z.object({
  createdAt: instant,
  source: z.object({
    __typename: z.string(),
    number: z.number().optional(),
    title: z.string().optional(),
    body: z.string().nullish(),
    mergedAt: instant.nullish(),
    mergeCommit: z.object({ oid: sha }).nullish(),
    repository: z.object({ databaseId: z.number().nullable() }).optional(),
  }),
})

/** The newest of a timeline; the others stand before `startCursor`. */
function newest<S extends z.ZodType>(item: S) {
  return z.object({
    pageInfo: z.object({ hasPreviousPage: z.boolean(), startCursor: z.string().nullable() }),
    nodes: z.array(item.nullable()).nullable(),
  })
}

const mentionsSchema = z.object({
  commitMentions: newest(commitMentionSchema),
  pullMentions: newest(pullMentionSchema),
})
export type GraphqlMentions = z.infer<typeof mentionsSchema>

/** What was asked for of the two. */
export const earlierMentionsSchema = z.object({ node: mentionsSchema.partial() })

const graphqlRepositorySchema = z.object({
  databaseId: z.int(),
  nameWithOwner: z.string().regex(/^[^/\s]+\/[^/\s]+$/),
  url: z.url(),
  isFork: z.boolean(),
  isArchived: z.boolean(),
  isPrivate: z.boolean(),
  stargazerCount: count,
  owner: z.object({ login: z.string(), databaseId: z.number().nullish() }),
  licenseInfo: z.object({ spdxId: z.string().nullable() }).nullable(),
  defaultBranchRef: z.object({ name: z.string() }).nullable(),
  primaryLanguage: z.object({ name: z.string() }).nullable(),
})

export const graphqlPullRequestSchema = z.object({
  id: z.string().min(1),
  number: pullRequestNumber,
  url: z.url(),
  title: z.string(),
  body: z.string(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  createdAt: instant,
  updatedAt: instant,
  closedAt: instant.nullable(),
  mergedAt: instant.nullable(),
  additions: count,
  deletions: count,
  changedFiles: count,
  authorAssociation: z.string(),
  baseRefName: z.string(),
  author: whoSchema,
  mergedBy: whoSchema,
  mergeCommit: z.object({ oid: sha, message: z.string() }).nullable(),
  labels: nodes(z.object({ name: z.string() })),
  closings: nodes(closingSchema),
  ...mentionsSchema.shape,
  repository: graphqlRepositorySchema,
})
export type GraphqlPullRequest = z.infer<typeof graphqlPullRequestSchema>
export type GraphqlWho = z.infer<typeof whoSchema>

const pageInfoSchema = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() })

/** The page around the records: these must be right, or nothing of the answer is. Records are read one by one. */
export const accountPageSchema = z.object({
  node: z
    .object({
      __typename: z.string(),
      id: z.string().optional(),
      databaseId: z.int().optional(),
      login: z.string().optional(),
      pullRequests: z
        .object({ totalCount: count, pageInfo: pageInfoSchema, nodes: z.array(z.unknown()).nullable() })
        .optional(),
    })
    .nullable(),
})

export const accountLoginSchema = z.object({ node: z.object({ login: z.string().optional() }).nullable() })

export const searchPageSchema = z.object({
  search: z.object({ issueCount: count, pageInfo: pageInfoSchema, nodes: z.array(z.unknown()).nullable() }),
})

/** What stands beside every answer: how much of the allowance is left. */
export const allowanceSchema = z.object({ rateLimit: z.object({ remaining: count, resetAt: instant }) })

/** One place of a scan: null where the account is not shown, empty where it is none. */
const cohortMemberSchema = z
  .object({
    __typename: z.string(),
    id: z.string().optional(),
    databaseId: z.int().optional(),
    login: z.string().optional(),
    pullRequests: z
      .object({ totalCount: count, pageInfo: pageInfoSchema, nodes: z.array(z.unknown()).nullable() })
      .optional(),
  })
  .nullable()
export type CohortMember = z.infer<typeof cohortMemberSchema>

export const cohortScanSchema = z.object({ nodes: z.array(cohortMemberSchema) })
/** Of the places in the order asked, by alias. */
export const cohortMemberAt = (data: unknown, at: number) =>
  z
    .object({ [`at${at}`]: cohortMemberSchema })
    .transform((named) => named[`at${at}`] ?? null)
    .safeParse(data)

export const userAt = (data: unknown, at: number) =>
  z
    .object({ [`at${at}`]: z.object({ id: z.string(), databaseId: z.int() }).nullable() })
    .transform((named) => named[`at${at}`] ?? null)
    .safeParse(data)

export const glimpseSchema = z.object({
  id: z.string().min(1),
  number: pullRequestNumber,
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  updatedAt: instant,
  repository: z.object({ databaseId: z.int(), nameWithOwner: z.string(), isPrivate: z.boolean() }),
})

export const nodesSchema = z.object({ nodes: z.array(z.unknown()) })

export const accountByLoginSchema = z.object({
  user: z.object({ id: z.string(), databaseId: z.int(), login: z.string() }).nullable(),
})

export const onePullRequestSchema = z.object({
  repository: z.object({ pullRequest: z.unknown().nullable() }).nullable(),
})

const windowCommitSchema = z.object({ oid: sha, message: z.string(), committedDate: instant })
export type WindowCommit = z.infer<typeof windowCommitSchema>

/** By alias; `rateLimit` stands beside them and has none of this. */
export const commitsOnBranchesSchema = z.record(
  z.string(),
  z
    .object({
      ref: z
        .object({
          target: z
            .object({
              history: z
                .object({
                  pageInfo: z.object({ hasNextPage: z.boolean() }),
                  nodes: z.array(windowCommitSchema.nullable()).nullable(),
                })
                .optional(),
            })
            .nullable(),
        })
        .nullish(),
    })
    .nullable(),
)

/** What tells a record that cannot be read apart from the others. */
export const recordReferenceSchema = z.object({
  number: z.number(),
  repository: z.object({ nameWithOwner: z.string() }),
})

// ------------------------------------------------------------ REST

const restUserSchema = z.object({ id: z.int(), login: z.string(), type: z.string().optional() }).nullish()

export const restIdentitySchema = z.object({
  id: z.int().positive(),
  node_id: z.string(),
  login: z.string().min(1),
  name: z.string().nullish(),
  avatar_url: z.url().nullish(),
})

export const restRepositorySchema = z.object({
  id: z.int(),
  full_name: z.string().regex(/^[^/\s]+\/[^/\s]+$/),
  html_url: z.url(),
  default_branch: z.string().nullish(),
  fork: z.boolean(),
  archived: z.boolean().optional(),
  private: z.boolean(),
  stargazers_count: count.optional(),
  license: z.object({ spdx_id: z.string().nullable() }).nullish(),
  language: z.string().nullish(),
  topics: z.array(z.string()).optional(),
  owner: restUserSchema,
})
export type RestRepository = z.infer<typeof restRepositorySchema>

export const restPullRequestSchema = z.object({
  node_id: z.string(),
  number: pullRequestNumber,
  html_url: z.url(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']),
  created_at: instant,
  updated_at: instant,
  closed_at: instant.nullable(),
  merged_at: instant.nullable(),
  additions: count,
  deletions: count,
  changed_files: count,
  author_association: z.string(),
  base: z.object({ ref: z.string(), repo: restRepositorySchema }),
  user: restUserSchema,
  merged_by: restUserSchema,
  merge_commit_sha: sha.nullish(),
  labels: z.array(z.object({ name: z.string() })),
})
export type RestPullRequest = z.infer<typeof restPullRequestSchema>
export type RestUser = z.infer<typeof restUserSchema>

export const restEventsSchema = z.array(
  z.object({ event: z.string(), actor: restUserSchema, commit_id: sha.nullish(), created_at: instant.nullish() }),
)

export const restFilesSchema = z.array(
  z.object({
    filename: z.string(),
    previous_filename: z.string().optional(),
    status: z.enum(['added', 'removed', 'modified', 'renamed', 'copied', 'changed', 'unchanged']),
    additions: count,
    deletions: count,
    patch: z.string().optional(),
  }),
)
export type RestFile = z.infer<typeof restFilesSchema>[number]

const commitFields = {
  sha,
  commit: z.object({
    message: z.string(),
    author: z.object({ date: instant.nullish() }).nullish(),
    committer: z.object({ date: instant.nullish() }).nullish(),
  }),
  author: z.union([restUserSchema, z.object({}).transform(() => null)]),
}
export const restCommitsSchema = z.array(z.object(commitFields))
/** One with its files, which a list leaves out. */
export const restOneCommitSchema = z.object({
  ...commitFields,
  html_url: z.url(),
  parents: z.array(z.object({ sha })),
  files: restFilesSchema.optional(),
})
export type RestCommit = z.infer<typeof restCommitsSchema>[number]

const reviewFields = { user: restUserSchema, state: z.string(), submitted_at: instant.nullish() }
export const restReviewsSchema = z.array(z.object(reviewFields))
export type RestReview = z.infer<typeof restReviewsSchema>[number]
export const restReviewSchema = z.object({ ...reviewFields, html_url: z.url() })

/** A remark at a line of a pull request. */
export const restRemarkSchema = z.object({ pull_request_review_id: z.int().nullable(), pull_request_url: z.url() })

/** Of a branch with a commit: `behind` and `identical` say that it stands there. */
export const restComparisonSchema = z.object({ status: z.enum(['ahead', 'behind', 'diverged', 'identical']) })

export const restPullsOfCommitSchema = z.array(
  z.object({
    number: pullRequestNumber,
    merged_at: z.string().nullable(),
    base: z.object({ repo: z.object({ id: z.int() }).nullish() }),
  }),
)

export const restTokenSchema = z.union([
  z.object({ access_token: z.string().min(1), expires_in: z.number().optional() }),
  z.object({ error: z.string() }),
])

export const installationTokenSchema = z.object({ token: z.string().min(1), expires_at: instant })

export const restSearchSchema = z.object({ total_count: count })
