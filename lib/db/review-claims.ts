import { z } from 'zod'
import { CONTRIBUTION_KINDS } from '@/lib/domain/contribution'
import { PLATFORMS } from '@/lib/domain/platform'
import type { ClaimKey } from './claims'
import type { Tx } from './scope'

/** Whose claim it is, for which term, under which rules: what a reviewer's page shows around a claim. */
export type ClaimSetting = z.output<typeof settingSchema>

const settingSchema = z.object({
  studentName: z.string(),
  studentNumber: z.string(),
  programme: z.string(),
  className: z.string(),
  departmentName: z.string().nullable(),
  termCode: z.string(),
  termNameZh: z.string(),
  termNameEn: z.string(),
  termStartsAt: z.date(),
  termEndsAt: z.date(),
  policyVersion: z.number().nullable(),
  timeZone: z.string(),
})

/** One query over primary keys; null where the claim is not there. */
export async function findClaimSetting(tx: Tx, { universityId, claimId }: ClaimKey): Promise<ClaimSetting | null> {
  const rows = await tx.$queryRaw<unknown[]>`
    select m.name as "studentName", m.number as "studentNumber", m.programme, m.class_name as "className",
           d.name as "departmentName", t.code as "termCode", t.name_zh as "termNameZh", t.name_en as "termNameEn",
           t.starts_at as "termStartsAt", t.ends_at as "termEndsAt", v.version as "policyVersion", u.time_zone as "timeZone"
      from claim c
      join university u on u.id = c.university_id
      join member m on m.university_id = c.university_id and m.id = c.member_id
      join term t on t.university_id = c.university_id and t.id = c.term_id
      left join department d on d.university_id = c.university_id and d.id = c.department_id
      left join policy_version v on v.university_id = c.university_id and v.id = c.policy_version_id
     where c.university_id = ${universityId}::uuid and c.id = ${claimId}::uuid`
  return z.array(settingSchema).parse(rows)[0] ?? null
}

/** What a claimed contribution is called today, and where it is. */
export type ClaimedFact = z.output<typeof factSchema>

const factSchema = z.object({
  contributionId: z.string(),
  platform: z.enum(PLATFORMS),
  repository: z.string(),
  repositoryUrl: z.string(),
  kind: z.enum(CONTRIBUTION_KINDS),
  number: z.number(),
  ref: z.string(),
  title: z.string(),
  url: z.string(),
  landedAt: z.date().nullable(),
})

/** The contributions of a claim, in one query. */
export async function listClaimedFacts(tx: Tx, { universityId, claimId }: ClaimKey): Promise<ClaimedFact[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select c.id::text as "contributionId", c.platform, r.owner || '/' || r.name as repository, r.url as "repositoryUrl",
           c.kind, c.number, c.ref, c.title, c.url, c.landed_at as "landedAt"
      from claim_item i
      join contribution c on c.id = i.contribution_id
      join repository r on r.id = c.repository_id
     where i.university_id = ${universityId}::uuid and i.claim_id = ${claimId}::uuid`
  return z.array(factSchema).parse(rows)
}
