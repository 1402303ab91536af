import { z } from 'zod'
import { PLATFORMS, type Platform } from '@/lib/domain/platform'
import type { Tx } from './scope'
import { listAccountsUnderWay } from './sync-runs'

/** An account that is due, and down to where it was read. */
export type CohortMemberRow = {
  memberId: string
  accountId: string
  personId: string
  platformUserId: string
  nodeId: string | null
  login: string
  isVisibilityKnown: boolean
  watermarkAt: Date | null
}

const memberRow = z.object({
  memberId: z.string(),
  accountId: z.string(),
  personId: z.string(),
  platformUserId: z.string(),
  nodeId: z.string().nullable(),
  login: z.string(),
  isVisibilityKnown: z.boolean(),
  watermarkAt: z.date().nullable(),
})

export type CohortQuery = {
  universityId: string
  platform: Platform
  /** As the platform names the list of all that an account wrote. */
  source: string
  afterMemberId: string | null
  /** Who was read after this is not due. */
  syncedBefore: Date
  /** Members at most; one may have several accounts. */
  limit: number
}

/**
 * Accounts of the next active members in order of member id, without those that were read a moment ago or are being read
 * now.
 * @returns the last member looked at, null when there was none left, and the accounts that are due
 */
export async function listCohort(
  tx: Tx,
  query: CohortQuery,
): Promise<{ lastMemberId: string | null; members: CohortMemberRow[] }> {
  const { universityId, platform, source, afterMemberId, syncedBefore, limit } = query
  const page = await tx.member.findMany({
    where: {
      universityId,
      status: 'active',
      personId: { not: null },
      ...(afterMemberId === null ? {} : { id: { gt: afterMemberId } }),
    },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true },
  })
  const last = page.at(-1)
  if (last === undefined) return { lastMemberId: null, members: [] }
  const rows = await tx.$queryRaw<unknown[]>`
    select m.id::text as "memberId", a.id::text as "accountId", a.person_id::text as "personId",
           a.platform_user_id as "platformUserId", a.node_id as "nodeId", a.login,
           a.visibility <> 'unknown' as "isVisibilityKnown", s.watermark_at as "watermarkAt"
      from member m
      join linked_account a on a.person_id = m.person_id and a.platform = ${platform} and a.unlinked_at is null
      left join sync_source s on s.account_id = a.id and s.source = ${source}
     where m.university_id = ${universityId}::uuid and m.status = 'active'
       and m.id > ${afterMemberId ?? '00000000-0000-0000-0000-000000000000'}::uuid and m.id <= ${last.id}::uuid
       and (a.synced_at is null or a.synced_at < ${syncedBefore}::timestamptz)
     order by m.id, a.id`
  const due = z.array(memberRow).parse(rows)
  const underWay = await listAccountsUnderWay(
    tx,
    due.map(({ accountId }) => accountId),
  )
  return { lastMemberId: last.id, members: due.filter(({ accountId }) => !underWay.has(accountId)) }
}

/** What was read of one account. */
export type CohortReading = {
  accountId: string
  /** A run's id where there is something to report. */
  runId: string | null
  /** Null leaves what is known of it. */
  visibility: 'visible' | 'private' | 'suspended' | null
  login: string | null
  nodeId: string | null
  /** Everything updated before this was read; null where nothing was seen. */
  watermarkAt: Date | null
  seen: number
  inserted: number
  refreshed: number
  unchanged: number
  skips: readonly { reference: string; reason: string }[]
}

export type HiddenAccount = {
  memberId: string
  platform: Platform
  login: string
  visibility: 'private' | 'suspended'
}

const hiddenRow = z.object({
  memberId: z.string(),
  platform: z.enum(PLATFORMS),
  login: z.string(),
  visibility: z.enum(['private', 'suspended']),
})

/**
 * Writes what was read of many accounts in one statement: when and how far, what they are called today, reports.
 * @returns those that are hidden since now: their owners are to be asked
 */
export async function recordCohortReadings(
  tx: Tx,
  readings: readonly CohortReading[],
  read: { source: string; at: Date },
): Promise<HiddenAccount[]> {
  if (readings.length === 0) return []
  const input = readings.map((reading) => ({
    account_id: reading.accountId,
    run_id: reading.runId,
    visibility: reading.visibility,
    login: reading.login,
    node_id: reading.nodeId,
    watermark_at: reading.watermarkAt,
    seen: reading.seen,
    inserted: reading.inserted,
    refreshed: reading.refreshed,
    unchanged: reading.unchanged,
    skips: reading.skips,
  }))
  const rows = await tx.$queryRaw<unknown[]>`
    select hidden_member_id::text as "memberId", hidden_platform as platform, hidden_login as login,
           hidden_visibility as visibility
      from record_cohort_readings(${JSON.stringify(input)}::jsonb, ${read.source}, ${read.at}::timestamptz)`
  return z.array(hiddenRow).parse(rows)
}
