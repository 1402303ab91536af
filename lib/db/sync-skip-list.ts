import { z } from 'zod'
import { PLATFORMS, type Platform } from '@/lib/domain/platform'
import type { Tx } from './scope'

const skipSchema = z.object({
  platform: z.enum(PLATFORMS),
  reference: z.string(),
  reason: z.string(),
  at: z.date(),
  /** Where it stands among those of the same moment. */
  key: z.string(),
  /** The account on whose list it was, today's login; null for a repository's. */
  login: z.string().nullable(),
})
export type SkippedRow = z.output<typeof skipSchema>

export type SkipPage = {
  universityId: string
  platform: Platform
  /** Lower-case sources of the university's catalog, whose records count as its own. */
  sourceKeys: readonly string[]
  ownerKeys: readonly string[]
  before: { at: Date; key: string } | null
  limit: number
}

/** Records of the university's accounts that could not be used, newest first. */
export async function listAccountSkips(
  tx: Tx,
  page: Omit<SkipPage, 'sourceKeys' | 'ownerKeys'>,
): Promise<SkippedRow[]> {
  const { universityId, platform, before, limit } = page
  const rows = await tx.$queryRaw<unknown[]>`
    select a.platform, s.reference, s.reason, r.requested_at as at, a.login,
           r.id::text || ':' || lpad(s.ordinal::text, 8, '0') as key
      from sync_run r
      join linked_account a on a.id = r.account_id and a.platform = ${platform}
      join sync_skip s on s.run_id = r.id
     where r.university_id = ${universityId}::uuid and r.skipped > 0
       and r.requested_at <= ${before?.at ?? new Date('9999-01-01T00:00:00Z')}::timestamptz
       and (${before === null} or (r.requested_at, (r.id::text || ':' || lpad(s.ordinal::text, 8, '0')) collate "C")
            < (${before?.at ?? new Date(0)}::timestamptz, ${before?.key ?? ''}))
     order by r.requested_at desc, (r.id::text || ':' || lpad(s.ordinal::text, 8, '0')) collate "C" desc
     limit ${limit}`
  return z.array(skipSchema).parse(rows)
}

/** Records of the catalog's repositories that could not be used, newest first. */
export async function listRepositorySkips(tx: Tx, page: Omit<SkipPage, 'universityId'>): Promise<SkippedRow[]> {
  const { platform, sourceKeys, ownerKeys, before, limit } = page
  const rows = await tx.$queryRaw<unknown[]>`
    select s.platform, s.reference, s.reason, s.first_seen_at as at, md5(s.source_key || ' ' || s.reference) as key, null as login
      from repository_skip s join repository_pass p on p.platform = s.platform and p.source_key = s.source_key
     where s.platform = ${platform}
       and (p.source_key = any(${[...sourceKeys]}::text[]) or p.owner_key = any(${[...ownerKeys]}::text[]))
       and s.first_seen_at <= ${before?.at ?? new Date('9999-01-01T00:00:00Z')}::timestamptz
       and (${before === null} or (s.first_seen_at, md5(s.source_key || ' ' || s.reference) collate "C")
            < (${before?.at ?? new Date(0)}::timestamptz, ${before?.key ?? ''}))
     order by s.first_seen_at desc, md5(s.source_key || ' ' || s.reference) collate "C" desc
     limit ${limit}`
  return z.array(skipSchema).parse(rows)
}

const countSchema = z.array(z.object({ platform: z.enum(PLATFORMS), records: z.coerce.number() }))

/** How many records of the university's accounts could not be used since a time, by platform; a run counts its own. */
export async function countAccountSkips(
  tx: Tx,
  of: { universityId: string; since: Date },
): Promise<ReadonlyMap<Platform, number>> {
  const rows = await tx.$queryRaw<unknown[]>`
    select a.platform, sum(r.skipped) as records
      from sync_run r join linked_account a on a.id = r.account_id
     where r.university_id = ${of.universityId}::uuid and r.skipped > 0 and r.requested_at >= ${of.since}::timestamptz
     group by a.platform`
  return new Map(countSchema.parse(rows).map((row) => [row.platform, row.records]))
}

/** How many records of some repositories cannot be used, as they were met last. */
export async function countRepositorySkips(
  tx: Tx,
  of: Pick<SkipPage, 'platform' | 'sourceKeys' | 'ownerKeys'> & { since: Date },
): Promise<number> {
  const rows = await tx.$queryRaw<unknown[]>`
    select ${of.platform} as platform, count(*) as records
      from repository_skip s join repository_pass p on p.platform = s.platform and p.source_key = s.source_key
     where s.platform = ${of.platform} and s.first_seen_at >= ${of.since}::timestamptz
       and (p.source_key = any(${[...of.sourceKeys]}::text[]) or p.owner_key = any(${[...of.ownerKeys]}::text[]))`
  return countSchema.parse(rows)[0]?.records ?? 0
}
