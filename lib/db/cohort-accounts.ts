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

const accountRow = z.object({
  accountId: z.string(),
  personId: z.string(),
  platformUserId: z.string(),
  nodeId: z.string().nullable(),
  login: z.string(),
  isVisibilityKnown: z.boolean(),
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
    select: { id: true, personId: true },
  })
  const last = page.at(-1)
  if (last === undefined) return { lastMemberId: null, members: [] }
  const memberOf = new Map(page.flatMap(({ id, personId }) => (personId === null ? [] : [[personId, id] as const])))
  const due = await listDue(tx, { personIds: [...memberOf.keys()], platform, syncedBefore })
  const accountIds = due.map(({ accountId }) => accountId)
  const underWay = await listAccountsUnderWay(tx, accountIds)
  const watermarks = await readWatermarks(tx, accountIds, source)
  const members = due.flatMap((account) => {
    const memberId = memberOf.get(account.personId)
    if (memberId === undefined || underWay.has(account.accountId)) return []
    return [{ ...account, memberId, watermarkAt: watermarks.get(account.accountId) ?? null }]
  })
  return { lastMemberId: last.id, members }
}

/** In the order of the persons asked for: a night that goes on asks in the same order. */
async function listDue(
  tx: Tx,
  { personIds, platform, syncedBefore }: { personIds: string[]; platform: Platform; syncedBefore: Date },
): Promise<z.infer<typeof accountRow>[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select a.id::text as "accountId", a.person_id::text as "personId", a.platform_user_id as "platformUserId",
           a.node_id as "nodeId", a.login, a.visibility <> 'unknown' as "isVisibilityKnown"
      from unnest(${personIds}::uuid[]) with ordinality as p(id, place)
      join linked_account a on a.person_id = p.id and a.platform = ${platform} and a.unlinked_at is null
     where a.synced_at is null or a.synced_at < ${syncedBefore}::timestamptz
     order by p.place, a.id`
  return z.array(accountRow).parse(rows)
}

/**
 * A statement of its own, by a list: on a first night this table fills faster than it is analyzed, and beside the accounts it
 * was read as a whole for each of them.
 */
async function readWatermarks(tx: Tx, accountIds: string[], source: string): Promise<Map<string, Date>> {
  const rows = await tx.syncSource.findMany({
    where: { source, accountId: { in: accountIds }, watermarkAt: { not: null } },
    select: { accountId: true, watermarkAt: true },
  })
  return new Map(rows.flatMap(({ accountId, watermarkAt }) => (watermarkAt ? [[accountId, watermarkAt] as const] : [])))
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
