import { z } from 'zod'
import type { Tx } from './scope'

/** Some claims of a university: those that a page of ledger lines names. */
export type NamedClaims = { universityId: string; claimIds: readonly string[] }

/** A claim as far as a ledger line speaks of it. */
export type NamedClaim = z.output<typeof claimSchema>

const claimSchema = z.object({
  claimId: z.string(),
  memberId: z.string(),
  personId: z.string(),
  termId: z.string(),
})

export async function listNamedClaims(tx: Tx, { universityId, claimIds }: NamedClaims): Promise<NamedClaim[]> {
  if (claimIds.length === 0) return []
  const rows = await tx.$queryRaw<unknown[]>`
    select id::text as "claimId", member_id::text as "memberId", person_id::text as "personId", term_id::text as "termId"
      from claim where university_id = ${universityId}::uuid and id = any(${[...claimIds]}::uuid[])`
  return z.array(claimSchema).parse(rows)
}

/** A contribution that a claim holds, by what no platform ever changes of it. */
export type ClaimedFact = z.output<typeof factSchema>

const factSchema = z.object({
  claimId: z.string(),
  contributionId: z.string(),
  platform: z.string(),
  repositoryId: z.string(),
  platformRepositoryId: z.string(),
  kind: z.string(),
  number: z.number(),
  ref: z.string(),
  /** Null where the platform shows a deleted author by now. */
  authorPlatformUserId: z.string().nullable(),
  /** Whom the landed commit proves to have written it as well. */
  coAuthorPlatformUserIds: z.array(z.string()),
  /** Everything that the claim's person proved on that platform, unlinked accounts too. */
  ownPlatformUserIds: z.array(z.string()),
})

/** What some claims hold. One query. */
export async function listClaimedFacts(tx: Tx, { universityId, claimIds }: NamedClaims): Promise<ClaimedFact[]> {
  if (claimIds.length === 0) return []
  const rows = await tx.$queryRaw<unknown[]>`
    select i.claim_id::text as "claimId", i.contribution_id::text as "contributionId", c.platform,
           c.repository_id::text as "repositoryId", r.platform_repository_id as "platformRepositoryId", c.kind, c.number, c.ref,
           c.author_platform_user_id as "authorPlatformUserId",
           array(select w.platform_user_id from contribution_co_author w
                  where w.contribution_id = c.id) as "coAuthorPlatformUserIds",
           array(select a.platform_user_id from linked_account a
                  where a.person_id = q.person_id and a.platform = c.platform) as "ownPlatformUserIds"
      from claim q
      join claim_item i on i.university_id = q.university_id and i.claim_id = q.id
      join contribution c on c.id = i.contribution_id
      join repository r on r.id = c.repository_id
     where q.university_id = ${universityId}::uuid and q.id = any(${[...claimIds]}::uuid[])`
  return z.array(factSchema).parse(rows)
}

/** Who said yes to a claim at a stage. */
export type GivenYes = z.output<typeof yesSchema>

const yesSchema = z.object({
  claimId: z.string(),
  stage: z.enum(['endorsement', 'approval']),
  memberId: z.string(),
  personId: z.string(),
})

/** The endorsements and approvals of some claims, in all their rounds. */
export async function listGivenYeses(tx: Tx, { universityId, claimIds }: NamedClaims): Promise<GivenYes[]> {
  if (claimIds.length === 0) return []
  const rows = await tx.$queryRaw<unknown[]>`
    select claim_id::text as "claimId", stage, member_id::text as "memberId", person_id::text as "personId"
      from decision
     where university_id = ${universityId}::uuid and claim_id = any(${[...claimIds]}::uuid[])
       and (stage, action) in (('endorsement', 'endorse'), ('approval', 'approve'))`
  return z.array(yesSchema).parse(rows)
}
