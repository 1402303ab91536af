import { z } from 'zod'
import type { CatalogResolution, CatalogSubject } from '@/lib/domain/catalog'
import { landingProofSchema, landingRuleNameSchema } from '@/lib/domain/contribution'
import { type EligibilityContext, isOnCountedBranch } from '@/lib/domain/eligibility'
import { COMMIT_NAMES_IT } from '@/lib/domain/landing'
import { contributionReference, PLATFORMS } from '@/lib/domain/platform'
import { copyProofOf, groupWorks, type WorkCandidate } from '@/lib/domain/work'
import type { PlatformIdentity } from './contribution-facts'
import type { Tx } from './scope'

const copySchema = z.object({
  id: z.string(),
  workId: z.string(),
  state: z.enum(['landed', 'reverted']),
  landedAt: z.date(),
  rule: landingRuleNameSchema.nullable(),
  commitSha: z.string().nullable(),
  proof: landingProofSchema.catch([]),
  patchId: z.string().nullable(),
  number: z.number(),
  kind: z.string(),
  ref: z.string(),
  baseBranch: z.string(),
  repositoryId: z.string(),
  platform: z.enum(PLATFORMS),
  platformRepositoryId: z.string(),
  fullName: z.string(),
  defaultBranch: z.string().nullable(),
  ownerPlatformUserId: z.string().nullable(),
  fork: z.boolean(),
  archived: z.boolean(),
})
export type OwnCopy = z.infer<typeof copySchema>

/**
 * Contributions of a person that landed, taken back or not, and share a work with another one of theirs: in most cases
 * none, and no rows.
 */
export async function listOwnCopies(
  tx: Tx,
  { identities, workIds }: { identities: readonly PlatformIdentity[]; workIds: readonly string[] },
): Promise<OwnCopy[]> {
  if (identities.length === 0) return []
  const rows = await tx.$queryRaw<unknown[]>`
    select c.id::text, c.work_id::text as "workId", c.landing_state as state, c.landed_at as "landedAt",
           c.landing_rule as rule, c.landed_commit_sha as "commitSha", c.landing_proof as proof, c.patch_id as "patchId",
           c.number, c.kind, c.ref, c.base_branch as "baseBranch", c.repository_id::text as "repositoryId", c.platform,
           r.platform_repository_id as "platformRepositoryId", r.owner || '/' || r.name as "fullName",
           r.default_branch as "defaultBranch", r.owner_platform_user_id as "ownerPlatformUserId",
           r.is_fork as fork, r.is_archived as archived
      from (
        select c.*, count(*) over (partition by c.work_id) as copies
          from contribution c
         where c.work_id = any(${[...new Set(workIds)]}::uuid[]) and c.landing_state in ('landed', 'reverted')
           and c.landed_at is not null
           and exists (
             select from unnest(${identities.map(({ platform }) => platform)}::text[],
                                ${identities.map(({ platformUserId }) => platformUserId)}::text[]) as a(platform, user_id)
              where a.platform = c.platform
                and (a.user_id = c.author_platform_user_id
                     or exists (select from contribution_co_author w
                                 where w.contribution_id = c.id and w.platform_user_id = a.user_id)))
      ) c join repository r on r.id = c.repository_id
     where c.copies > 1`
  return z.array(copySchema).parse(rows)
}

type Canonical = NonNullable<EligibilityContext['canonical']>

/** By contribution, the copy of its work that counts, and how the two are known to be one. Only copies are in it. */
export function findCanonicalCopies(
  copies: readonly OwnCopy[],
  resolve: (subject: CatalogSubject) => CatalogResolution,
): Map<string, Canonical> {
  // That they are copies is known already: the work stands for a commit that all of them have.
  const candidates = copies.map((copy) => toCandidate(copy, resolve(copy)))
  const byId = new Map(copies.map((copy) => [copy.id, copy]))
  const found = new Map<string, Canonical>()
  for (const { canonicalContributionId, contributionIds } of groupWorks(candidates)) {
    const canonical = byId.get(canonicalContributionId)
    if (!canonical) continue
    const reference = contributionReference({ ...canonical, repository: canonical.fullName })
    for (const id of contributionIds) {
      const copy = byId.get(id)
      if (!copy) continue
      const { proof, value } = copyProofOf(marksOf(copy), marksOf(canonical))
      found.set(id, { contributionId: canonicalContributionId, reference, proof, value })
    }
  }
  return found
}

function toCandidate(copy: OwnCopy, catalog: CatalogResolution): WorkCandidate {
  const { state, rule, landedAt, commitSha, proof } = copy
  return {
    contributionId: copy.id,
    platform: copy.platform,
    repositoryId: copy.repositoryId,
    number: copy.number,
    landedAt,
    commitShas: [copy.workId],
    cherryPickedFrom: [],
    patchId: null,
    stands: state === 'landed',
    canonicalRepository: catalog.status === 'included' && catalog.landing.some(({ rule: one }) => one !== 'none'),
    fork: copy.fork,
    onCountedBranch: isOnCountedBranch(
      {
        baseBranch: copy.baseBranch,
        landing: { state, rule, landedAt, commitSha, proof },
        repository: { defaultBranch: copy.defaultBranch ?? '' },
      },
      catalog.acceptedBranches,
    ),
    namedByCommit: proof.some(({ fact }) => fact === COMMIT_NAMES_IT),
  }
}

function marksOf({ commitSha, patchId }: OwnCopy): Pick<WorkCandidate, 'commitShas' | 'patchId'> {
  return { commitShas: commitSha === null ? [] : [commitSha], patchId }
}
