import { z } from 'zod'

/** GitCode tells time with a zone, with or without milliseconds; a time that is not there is an empty text. */
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
const noInstant = z.literal('').transform(() => null)
const instantOrNone = z.union([instant, noInstant]).nullish()
const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)
/** Numbers, or numbers as text. */
const count = z.union([
  z.int().min(0),
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
])

/** The id that identifies is a text; a number in its place is counted apart, as in comments. */
const userSchema = z
  .object({
    id: z.union([z.string(), z.number()]).nullish(),
    object_id: z.string().nullish(),
    login: z.string().nullish(),
  })
  .nullish()
export type GitCodeUser = z.infer<typeof userSchema>

export const identitySchema = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  login: z.string().min(1),
  name: z.string().nullish(),
  avatar_url: z.string().nullish(),
})

/** A repository as it stands inside other answers; `full_path` is the name in addresses where it is told, else `full_name`. */
const shortRepositorySchema = z.object({
  id: z.int(),
  full_name: z.string().nullish(),
  full_path: z.string().nullish(),
  path: z.string().min(1),
  html_url: z.string(),
  owner: userSchema,
  internal: z.boolean().nullish(),
})
export type GitCodeShortRepository = z.infer<typeof shortRepositorySchema>

export const repositorySchema = z.object({
  id: z.int(),
  full_name: z.string().regex(/^[^/\s]+\/[^/\s]+$/),
  html_url: z.string(),
  namespace: z.object({ id: z.int(), path: z.string(), type: z.string().nullish() }).nullish(),
  owner: userSchema,
  private: z.boolean(),
  fork: z.boolean().nullish(),
  default_branch: z.string().nullish(),
  stargazers_count: z.int().min(0).nullish(),
  license: z.string().nullish(),
  status: z.string().nullish(),
})
export type GitCodeRepository = z.infer<typeof repositorySchema>

/** As lists and single answers have it in common; a single answer leaves out the counts and most of the repository. */
export const pullRequestSchema = z.object({
  html_url: z.url(),
  number: z.int().min(1).max(2_147_483_647),
  state: z.enum(['open', 'opened', 'locked', 'closed', 'merged']),
  title: z.string(),
  body: z.string().nullish(),
  labels: z.array(z.object({ name: z.string() })).nullish(),
  created_at: instant,
  updated_at: instant,
  closed_at: instantOrNone,
  closed__at: instantOrNone,
  merged_at: instantOrNone,
  merged_by: userSchema,
  added_lines: count.nullish(),
  removed_lines: count.nullish(),
  visibility_reason: z.string().nullish(),
  base: z.object({ ref: z.string().min(1) }),
  user: userSchema,
})
export type GitCodePullRequest = z.infer<typeof pullRequestSchema>

/** A page of records that are read one by one. */
export const recordsSchema = z.array(z.unknown())
/** Where a record of a list belongs. */
export const recordRepositorySchema = z.object({ base: z.object({ repo: shortRepositorySchema }) })
export const recordReferenceSchema = z.object({ number: z.number() })

export const commitsSchema = z.array(
  z.object({
    sha,
    commit: z.object({
      message: z.string(),
      author: z.object({ date: instantOrNone }).nullish(),
      committer: z.object({ date: instantOrNone }).nullish(),
    }),
    author: userSchema,
  }),
)
export type GitCodeCommit = z.infer<typeof commitsSchema>[number]

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
export type GitCodeFile = z.infer<typeof filesSchema>[number]

export const commentsSchema = z.array(z.object({ user: userSchema, created_at: instant }))
export type GitCodeComment = z.infer<typeof commentsSchema>[number]

export const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().nullish() })

/** Refusals come in two forms. */
export const errorSchema = z.object({ message: z.string().optional(), error_message: z.string().optional() })
