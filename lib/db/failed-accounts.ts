import { z } from 'zod'
import { PLATFORMS, type Platform } from '@/lib/domain/platform'
import { RUN_FAILURES } from '@/lib/domain/sync'
import type { Tx } from './scope'

const rowSchema = z.object({
  accountId: z.string(),
  personId: z.string(),
  memberId: z.string(),
  memberName: z.string(),
  platform: z.enum(PLATFORMS),
  login: z.string(),
  failureKind: z.enum(RUN_FAILURES).nullable(),
  failedAt: z.date(),
})
/** An account whose last sync failed, and which nothing has read since. */
export type FailedAccount = z.output<typeof rowSchema>

type Wanted = {
  universityId: string
  since: Date
  /** One platform or, left out, all. */
  platform?: Platform | undefined
  /** One account or, left out, all. */
  accountId?: string | undefined
  limit: number
}

/** Accounts of the university's members whose sync failed since a time and has not been made up for, the newest first. */
export async function listFailedAccounts(tx: Tx, wanted: Wanted): Promise<FailedAccount[]> {
  const { universityId, since, platform = null, accountId = null, limit } = wanted
  const rows = await tx.$queryRaw<unknown[]>`
    select a.id::text as "accountId", a.person_id::text as "personId", m.id::text as "memberId", m.name as "memberName",
           a.platform, a.login, f.failure_kind as "failureKind", f.finished_at as "failedAt"
      from (select distinct on (r.account_id) r.account_id, r.failure_kind, r.finished_at, r.requested_at
              from sync_run r
             where r.university_id = ${universityId}::uuid and r.state = 'failed' and r.finished_at >= ${since}::timestamptz
               and (${accountId}::uuid is null or r.account_id = ${accountId}::uuid)
             order by r.account_id, r.finished_at desc) f
      join linked_account a on a.id = f.account_id and a.unlinked_at is null
      join member m on m.university_id = ${universityId}::uuid and m.person_id = a.person_id and m.status = 'active'
     where (a.synced_at is null or a.synced_at < f.finished_at)
       and (${platform}::text is null or a.platform = ${platform})
       and not exists (select 1 from sync_run n where n.account_id = f.account_id and n.requested_at > f.requested_at)
     order by f.finished_at desc, a.id
     limit ${limit}`
  return z.array(rowSchema).parse(rows)
}
