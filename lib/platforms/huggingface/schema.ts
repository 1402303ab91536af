import { z } from 'zod'

/** The Hub tells time in Greenwich, with milliseconds. */
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
/** Everybody and everything has an id of 24 hexadecimal digits, which stays when the name changes. */
const id = z.string().regex(/^[0-9a-f]{24}$/)
const sha = z.string().regex(/^[0-9a-f]{40}$/)
const count = z.int().min(0)

/** Missing where the account was deleted. */
const authorSchema = z.object({ _id: id.nullish(), name: z.string().min(1), type: z.string().nullish() }).nullish()
export type HubAuthor = z.infer<typeof authorSchema>

/** What OpenID Connect's userinfo says: `sub` is the account's id, whatever it is called. */
export const userInfoSchema = z.object({
  sub: id,
  preferred_username: z.string().min(1),
  name: z.string().nullish(),
  picture: z.string().nullish(),
})
export type HubUserInfo = z.infer<typeof userInfoSchema>

export const overviewSchema = z.object({ _id: id, user: z.string().min(1) })

export const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().nullish() })

/** Models, datasets and spaces alike; what one of them lacks is missing. */
export const repositorySchema = z.object({
  _id: id,
  id: z.string().regex(/^[^/\s]+\/[^/\s]+$/),
  author: z.string().nullish(),
  private: z.boolean(),
  disabled: z.boolean().nullish(),
  downloads: count.nullish(),
  likes: count.nullish(),
  tags: z.array(z.string()).nullish(),
  /** What the card says of itself; a licence may be a list. */
  cardData: z
    .object({ license: z.union([z.string(), z.array(z.string())]).nullish() })
    .nullish()
    .catch(null),
  createdAt: instant,
  lastModified: instant.nullish(),
})
export type HubRepository = z.infer<typeof repositorySchema>

/** A page of records that are read one by one; `start` and `count` say whether there is another one. */
export const discussionsSchema = z.object({ discussions: z.array(z.unknown()), count, start: count })
export const recordReferenceSchema = z.object({ num: z.number() })

const discussionFields = {
  num: z.int().min(1).max(2_147_483_647),
  author: authorSchema,
  repo: z.object({ name: z.string().regex(/^[^/\s]+\/[^/\s]+$/), type: z.enum(['model', 'dataset', 'space']) }),
  title: z.string(),
  status: z.enum(['open', 'closed', 'merged', 'draft']),
  createdAt: instant,
  isPullRequest: z.boolean(),
}
export const discussionSchema = z.object(discussionFields)
export type HubDiscussion = z.infer<typeof discussionSchema>

export const eventSchema = z.object({
  type: z.string(),
  createdAt: instant,
  author: authorSchema,
  data: z
    .object({
      status: z.string().nullish(),
      subject: z.string().nullish(),
      oid: z.string().nullish(),
      hidden: z.boolean().nullish(),
      latest: z.object({ raw: z.string().nullish() }).nullish(),
    })
    .nullish(),
})
export type HubEvent = z.infer<typeof eventSchema>

export const detailsSchema = z.object({
  ...discussionFields,
  events: z.array(eventSchema),
  changes: z.object({ base: z.string().nullish(), mergeCommitId: sha.nullish() }).nullish(),
  diff: z.string().nullish(),
})
export type HubDetails = z.infer<typeof detailsSchema>

export const recordsSchema = z.array(z.unknown())

export const commitsSchema = z.array(
  z.object({ id: sha, title: z.string(), message: z.string().nullish(), date: instant }),
)
export type HubCommit = z.infer<typeof commitsSchema>[number]
