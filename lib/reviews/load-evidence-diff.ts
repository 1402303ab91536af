import { z } from 'zod'
import { findClaim } from '@/lib/db/claims'
import { findEvidence, listEvidenceFiles } from '@/lib/db/evidence'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { can } from '@/lib/domain/permissions'
import type { EvidenceDiff } from './view'

export const evidenceDiffSchema = z.object({
  claimId: z.uuid(),
  evidenceId: z.uuid(),
  /** The diffs after this one; 0 starts at the first. */
  afterOrdinal: z.coerce.number().int().min(0).max(100_000).default(0),
  /** How many; one is what a single file asks for. */
  limit: z.coerce.number().int().min(1).max(50).default(20),
})

/**
 * The diffs of frozen evidence, a page of them, for whoever may see the claim: its student, the reviewers of its
 * department, the admins. Loaded apart, since they are what is large.
 * @throws AppError not_found `claim_not_found`, the same for what is not there and what is not the actor's to see
 */
export async function loadEvidenceDiff(
  actor: MemberActor,
  input: z.input<typeof evidenceDiffSchema>,
): Promise<EvidenceDiff> {
  const { claimId, evidenceId, afterOrdinal, limit } = evidenceDiffSchema.parse(input)
  const { universityId } = actor
  return withScope({ universityId }, async (tx) => {
    const claim = await findClaim(tx, { universityId, claimId })
    const resource = claim && { universityId, ownerPersonId: claim.personId, departmentId: claim.departmentId }
    const evidence = await findEvidence(tx, { universityId, evidenceId })
    const seen = resource !== null && can(actor, 'claim.view', resource).allowed
    if (!seen || evidence?.claimId !== claimId) throw new AppError('not_found', 'claim_not_found')
    const rows = await listEvidenceFiles(tx, { universityId, evidenceId, afterOrdinal, limit: limit + 1 })
    const files = rows.slice(0, limit).map(({ patchSha256: _, ...file }) => file)
    const { document } = evidence
    return {
      claimId,
      evidenceId,
      contributionId: evidence.contributionId,
      title: document.contribution.title,
      url: document.contribution.url,
      repository: document.repository.fullName,
      contentSha256: evidence.contentSha256,
      files,
      totalFiles: document.files.length,
      filesTruncated: document.filesTruncated,
      nextAfter: rows.length > limit ? (files.at(-1)?.ordinal ?? null) : null,
    }
  })
}
