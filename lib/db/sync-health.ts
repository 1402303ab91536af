import { z } from 'zod'
import { PLATFORMS, type Platform } from '@/lib/domain/platform'
import { RUN_FAILURES, SYNC_FAILURES } from '@/lib/domain/sync'
import type { Tx } from './scope'

const platform = z.enum(PLATFORMS)
const count = z.coerce.number()

const openRunsSchema = z.array(
  z.object({ platform, due: count, running: count, later: count, nextAt: z.date().nullable() }),
)
export type OpenRuns = z.output<typeof openRunsSchema>[number]

/** Syncs of single accounts that have not ended, by platform: waiting for a worker, under way, waiting for a time. */
export async function countOpenRuns(tx: Tx, universityId: string): Promise<OpenRuns[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select a.platform, count(*) filter (where r.state = 'queued') as due,
           count(*) filter (where r.state = 'running') as running,
           count(*) filter (where r.state = 'waiting') as later, min(r.retry_at) as "nextAt"
      from sync_run r join linked_account a on a.id = r.account_id
     where r.university_id = ${universityId}::uuid and r.state in ('queued', 'running', 'waiting')
     group by a.platform`
  return openRunsSchema.parse(rows)
}

const jobsSchema = z.array(
  z.object({
    platform,
    task: z.string(),
    due: count,
    running: count,
    later: count,
    givenUp: count,
    nextAt: z.date().nullable(),
  }),
)
export type NightJobs = z.output<typeof jobsSchema>[number]

/** The jobs of nights, of the university in scope, by platform and kind of job. */
export async function countNightJobs(tx: Tx): Promise<NightJobs[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select job_platform as platform, job_task as task, due, running, later, given_up as "givenUp", next_at as "nextAt"
      from sync_queue_state()`
  return jobsSchema.parse(rows)
}

const failuresSchema = z.array(
  z.object({ platform, failureKind: z.enum(RUN_FAILURES), runs: count, accounts: count, lastAt: z.date() }),
)
export type FailureCount = z.output<typeof failuresSchema>[number]

/** Syncs of accounts that failed since a time, by platform and why. */
export async function countFailedRuns(tx: Tx, of: { universityId: string; since: Date }): Promise<FailureCount[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select a.platform, r.failure_kind as "failureKind", count(*) as runs, count(distinct r.account_id) as accounts,
           max(r.finished_at) as "lastAt"
      from sync_run r join linked_account a on a.id = r.account_id
     where r.university_id = ${of.universityId}::uuid and r.state = 'failed' and r.finished_at >= ${of.since}::timestamptz
       and r.failure_kind is not null
     group by a.platform, r.failure_kind order by count(*) desc`
  return failuresSchema.parse(rows)
}

const nightsSchema = z.array(
  z.object({ platform, failureKind: z.enum(SYNC_FAILURES), nights: count, lastAt: z.date() }),
)
export type FailedNights = z.output<typeof nightsSchema>[number]

/** Nights over many accounts that ended without reading all of them, since a time. */
export async function countFailedNights(tx: Tx, of: { universityId: string; since: Date }): Promise<FailedNights[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select p.platform, p.failure_kind as "failureKind", count(*) as nights, max(p.finished_at) as "lastAt"
      from unnest(${[...PLATFORMS]}::text[]) as of(platform)
      join cohort_pass p on p.university_id = ${of.universityId}::uuid and p.platform = of.platform
       and p.started_at >= ${of.since}::timestamptz and p.state = 'failed' and p.failure_kind is not null
     group by p.platform, p.failure_kind`
  return nightsSchema.parse(rows)
}

const accountsSchema = z.array(
  z.object({ platform, accounts: count, neverRead: count, hidden: count, oldestAt: z.date().nullable() }),
)
export type AccountFreshness = z.output<typeof accountsSchema>[number]

/** How fresh the accounts of the university's active members are, by platform. */
export async function readAccountFreshness(tx: Tx, universityId: string): Promise<AccountFreshness[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select a.platform, count(*) as accounts, count(*) filter (where a.synced_at is null) as "neverRead",
           count(*) filter (where a.visibility in ('private', 'suspended')) as hidden, min(a.synced_at) as "oldestAt"
      from member m join linked_account a on a.person_id = m.person_id and a.unlinked_at is null
     where m.university_id = ${universityId}::uuid and m.status = 'active'
     group by a.platform`
  return accountsSchema.parse(rows)
}

const repositoriesSchema = z.tuple([
  z.object({ known: count, neverRead: count, gone: count, unreadable: count, oldestAt: z.date().nullable() }),
])
export type RepositoryFreshness = z.output<typeof repositoriesSchema>[0]

/** How fresh some repositories are: those named, and those of some owners' last lists. What is gone does not count as old. */
export async function readRepositoryFreshness(
  tx: Tx,
  of: { platform: Platform; sourceKeys: readonly string[]; ownerKeys: readonly string[] },
): Promise<RepositoryFreshness> {
  const rows = await tx.$queryRaw<unknown[]>`
    select count(*) as known, count(*) filter (where completed_at is null and failure_kind is distinct from 'not_found') as "neverRead",
           count(*) filter (where failure_kind = 'not_found') as gone,
           count(*) filter (where failure_kind = 'unexpected_answer') as unreadable,
           min(completed_at) filter (where failure_kind is distinct from 'not_found') as "oldestAt"
      from repository_pass
     where platform = ${of.platform}
       and (source_key = any(${[...of.sourceKeys]}::text[]) or owner_key = any(${[...of.ownerKeys]}::text[]))`
  return repositoriesSchema.parse(rows)[0]
}
