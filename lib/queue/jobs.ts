import { z } from 'zod'
import { PLATFORMS } from '@/lib/domain/platform'

const university = { universityId: z.uuid() }
const platform = z.enum(PLATFORMS)

/** A line of the catalog, by all that finds the repositories it speaks of: keys are lower case, an owner-wide one has no name. */
export const catalogLineSchema = z.strictObject({
  platform,
  ownerKey: z.string().min(1),
  nameKey: z.string(),
  platformId: z.string().nullable(),
  aliasKeys: z.array(z.string()),
})
export type CatalogLineKey = z.infer<typeof catalogLineSchema>

/** What changed under claims without anybody touching them. */
const changeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('catalog'), line: catalogLineSchema }),
  z.strictObject({ kind: z.literal('account'), personId: z.uuid(), platform, platformUserId: z.string() }),
  /** How much a class sent a repository in a week (its Monday) is another figure now; one of its members says which class. */
  z.strictObject({ kind: z.literal('class'), memberId: z.uuid(), repositoryId: z.uuid(), week: z.iso.date() }),
])
export type ChangeUnderClaims = z.infer<typeof changeSchema>

/** What is read again: what claims rest on, or everything of the repositories that a line of the catalog speaks of. */
const rereadOfSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('claims') }),
  z.strictObject({ kind: z.literal('catalog'), line: catalogLineSchema }),
])
export type RereadOf = z.infer<typeof rereadOfSchema>

/** How a job is tried: waits between tries grow, as the queue's library does it; after `maxAttempts` it stays as given up. */
type JobPlan<S extends z.ZodType> = {
  payload: S
  maxAttempts: number
  /** Jobs with the same key are one: a later one replaces the payload of one that waits. */
  key?: (payload: z.infer<S>) => string
  /** Jobs of the same queue run one after the other. */
  queue?: (payload: z.infer<S>) => string
}

/** A job ready to be queued. */
export type PreparedJob = { payload: string; key: string | null; queue: string | null; maxAttempts: number }

function plan<S extends z.ZodType>(job: JobPlan<S>) {
  return {
    payload: job.payload,
    /** A payload that came out of the queue. */
    parse: (input: unknown): z.infer<S> => job.payload.parse(input),
    prepare(input: unknown): PreparedJob {
      const payload = job.payload.parse(input)
      const key = job.key?.(payload) ?? null
      return {
        payload: JSON.stringify(payload),
        key,
        queue: job.queue?.(payload) ?? null,
        maxAttempts: job.maxAttempts,
      }
    },
  }
}

function nameOfChange(change: ChangeUnderClaims): string {
  if (change.kind === 'account') return `${change.personId}:${change.platform}:${change.platformUserId}`
  if (change.kind === 'class') return `class:${change.memberId}:${change.repositoryId}:${change.week}`
  const { platform: of, ownerKey, nameKey } = change.line
  return `${of}:${ownerKey}/${nameKey}`
}

function nameOfReread(of: RereadOf): string {
  return of.kind === 'claims' ? of.kind : nameOfChange(of)
}

/** Every job there is: name → payload, key, queue, retry plan. Handlers are in lib/worker/handlers. */
export const jobs = {
  /** Key alone lets one run while another starts: the queue of the account makes it one at a time. */
  'sync-account': plan({
    payload: z.strictObject({ runId: z.uuid(), accountId: z.uuid(), personId: z.uuid() }),
    maxAttempts: 8,
    key: (p) => `sync-account:${p.runId}`,
    queue: (p) => `account:${p.accountId}`,
  }),
  'sync-all-accounts': plan({ payload: z.strictObject({}), maxAttempts: 3, key: () => 'sync-all-accounts' }),
  'sync-university-accounts': plan({
    payload: z.strictObject({
      ...university,
      afterMemberId: z.uuid().nullable(),
      /** `backfill` reads everything anew, also what was read a moment ago. */
      trigger: z.enum(['nightly', 'backfill']).default('nightly'),
    }),
    maxAttempts: 5,
    key: (p) => `sync-university-accounts:${p.universityId}:${p.trigger}`,
  }),
  /** One university's accounts on a platform that answers about many at once: one turn of a night. */
  'sync-cohort': plan({
    payload: z.strictObject({ ...university, platform }),
    maxAttempts: 8,
    key: (p) => `sync-cohort:${p.universityId}:${p.platform}`,
    queue: (p) => `cohort:${p.universityId}:${p.platform}`,
  }),
  /**
   * The repositories of one university's catalog on a platform that is read repository by repository: one turn of a night.
   * The queue is the platform's: what one university's night read, the next one's finds read.
   */
  'sync-repositories': plan({
    payload: z.strictObject({ ...university, platform, startedAt: z.iso.datetime() }),
    maxAttempts: 8,
    key: (p) => `sync-repositories:${p.universityId}:${p.platform}`,
    queue: (p) => `repositories:${p.platform}`,
  }),
  /** What a repository's list leaves out of some students' contributions. */
  'complete-contributions': plan({
    payload: z.strictObject({
      ...university,
      platform,
      repositoryId: z.uuid(),
      numbers: z.array(z.int().positive()).min(1).max(100),
    }),
    maxAttempts: 8,
    queue: (p) => `complete:${p.platform}`,
  }),
  'freeze-evidence': plan({
    payload: z.strictObject({ ...university, claimId: z.uuid() }),
    maxAttempts: 12,
    key: (p) => `freeze-evidence:${p.claimId}`,
    queue: (p) => `claim:${p.claimId}`,
  }),
  /** A landing was undone, or the catalog changed: warn the claims that hold it. */
  'warn-claims': plan({
    payload: z.strictObject({ contributionId: z.uuid(), code: z.string() }),
    maxAttempts: 8,
    key: (p) => `warn-claims:${p.contributionId}:${p.code}`,
  }),
  /**
   * The catalog's word or the link of an account changed: a page of the claims it touches is looked at again. Without a
   * university it is a change of the shared base: a job for each.
   */
  'rewarn-claims': plan({
    payload: z.strictObject({
      universityId: z.uuid().nullable(),
      change: changeSchema,
      afterClaimId: z.uuid().nullable(),
    }),
    maxAttempts: 8,
    key: (p) => `rewarn-claims:${p.universityId ?? 'all'}:${nameOfChange(p.change)}`,
  }),
  /** One at a time, and one waits at most. */
  'verify-ledger': plan({
    payload: z.strictObject({ ...university }),
    maxAttempts: 3,
    key: (p) => `verify-ledger:${p.universityId}`,
    queue: (p) => `ledger:${p.universityId}`,
  }),
  /** What the platform says of a nominated repository. */
  'read-nomination': plan({
    payload: z.strictObject({ ...university, nominationId: z.uuid() }),
    maxAttempts: 8,
    key: (p) => `read-nomination:${p.nominationId}`,
    queue: (p) => `nomination:${p.nominationId}`,
  }),
  /** New contributions of a person may be copies of others of theirs: diffs are read where they look alike, and compared. */
  'find-copies': plan({
    payload: z.strictObject({ ...university, personId: z.uuid() }),
    maxAttempts: 5,
    key: (p) => `find-copies:${p.personId}`,
    queue: (p) => `person:${p.personId}`,
  }),
  /** Every night, with nothing in it; with a line, when the shared base changed how changes land there. */
  'reread-all': plan({
    payload: z.strictObject({ of: rereadOfSchema.default({ kind: 'claims' }) }),
    maxAttempts: 5,
    key: (p) => `reread-all:${nameOfReread(p.of)}`,
  }),
  'reread-contributions': plan({
    payload: z.strictObject({ ...university, platform, of: rereadOfSchema, afterId: z.uuid().nullable() }),
    maxAttempts: 8,
    key: (p) => `reread-contributions:${p.universityId}:${p.platform}:${nameOfReread(p.of)}`,
    queue: (p) => `reread:${p.universityId}:${p.platform}`,
  }),
  'forget-expired': plan({ payload: z.strictObject({}), maxAttempts: 2, key: () => 'forget-expired' }),
} as const

export type JobName = keyof typeof jobs
export type JobPayload<N extends JobName> = z.infer<(typeof jobs)[N]['payload']>

/** A job by its name and payload, as a union that TypeScript can tell apart. */
export type Job = { [N in JobName]: { name: N; payload: JobPayload<N> } }[JobName]
