import { z } from 'zod'

/** Gitee tells time with its zone, +08:00. */
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)
/** Numbers, or numbers as text. */
const count = z.union([
  z.int().min(0),
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
])

/** A deleted account is null, or a shell with the id 0. */
const userSchema = z.object({ id: z.int(), login: z.string(), type: z.string().optional() }).nullish()
export type GiteeUser = z.infer<typeof userSchema>

export const identitySchema = z.object({
  id: z.int().positive(),
  login: z.string().min(1),
  name: z.string().nullish(),
  avatar_url: z.string().nullish(),
})

/** A repository as it stands inside other answers: `path` is its name, `name` a display name. */
const shortRepositorySchema = z.object({
  id: z.int(),
  full_name: z.string().regex(/^[^/\s]+\/[^/\s]+$/),
  path: z.string().min(1),
  namespace: z.object({ id: z.int(), path: z.string(), type: z.string().nullish() }).nullish(),
  owner: userSchema,
  html_url: z.string(),
  private: z.boolean(),
  fork: z.boolean().nullish(),
})

export const repositorySchema = shortRepositorySchema.extend({
  default_branch: z.string().nullish(),
  stargazers_count: z.int().min(0).nullish(),
  license: z.string().nullish(),
  language: z.string().nullish(),
  status: z.string().nullish(),
})
export type GiteeRepository = z.infer<typeof repositorySchema>

export const pullRequestSchema = z.object({
  id: z.int(),
  html_url: z.url(),
  number: z.int().min(1).max(2_147_483_647),
  state: z.enum(['open', 'closed', 'merged']),
  title: z.string(),
  body: z.string().nullish(),
  labels: z.array(z.object({ name: z.string() })).nullish(),
  created_at: instant,
  updated_at: instant,
  closed_at: instant.nullish(),
  merged_at: instant.nullish(),
  base: z.object({ ref: z.string().min(1), repo: shortRepositorySchema.nullish() }),
  user: userSchema,
})
export type GiteePullRequest = z.infer<typeof pullRequestSchema>

/** A page of records that are read one by one. */
export const recordsSchema = z.array(z.unknown())
/** Where a record of a repository's list belongs; without it nothing can be made of the record. */
export const recordRepositorySchema = z.object({ base: z.object({ repo: shortRepositorySchema }) })
export const recordReferenceSchema = z.object({ number: z.number() })

export const commitsSchema = z.array(
  z.object({
    sha,
    commit: z.object({
      message: z.string(),
      author: z.object({ date: instant.nullish() }).nullish(),
      committer: z.object({ date: instant.nullish() }).nullish(),
    }),
    author: z.union([userSchema, z.object({}).transform(() => null)]),
  }),
)
export type GiteeCommit = z.infer<typeof commitsSchema>[number]

export const filesSchema = z.array(
  z.object({
    filename: z.string(),
    status: z.string().nullish(),
    additions: count,
    deletions: count,
    patch: z
      .object({
        diff: z.string().nullish(),
        old_path: z.string().nullish(),
        new_file: z.boolean().nullish(),
        renamed_file: z.boolean().nullish(),
        deleted_file: z.boolean().nullish(),
        too_large: z.boolean().nullish(),
      })
      .nullish(),
  }),
)
export type GiteeFile = z.infer<typeof filesSchema>[number]

export const operateLogsSchema = z.array(
  z.object({ user: userSchema, action_type: z.string().nullish(), created_at: instant }),
)

export const commentsSchema = z.array(
  z.object({ user: userSchema, created_at: instant, comment_type: z.string().nullish() }),
)
export type GiteeComment = z.infer<typeof commentsSchema>[number]

export const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().nullish() })

export const errorSchema = z.object({ message: z.string().optional(), error: z.string().optional() })
