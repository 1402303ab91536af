import type { StoredContribution } from '@/lib/db/contribution-facts'
import type { EvidenceFileRow } from '@/lib/db/evidence'
import { sha256Hex } from '@/lib/domain/canonical-json'
import type { LandingResult } from '@/lib/domain/contribution'
import { type EvidenceDocument, freezeEvidence, stripAddresses } from '@/lib/domain/evidence'
import type { LandingRules } from '@/lib/domain/landing-rule'
import type { CollectedEvidence } from '@/lib/platforms/port'
import { landingOfReview } from '@/lib/platforms/seen-of-named'
import { landingOfSeen } from './fact-of-evidence'

/**
 * The document that is kept: what the platform shows now, and the landing as the rules find it in that. No e-mail address is in
 * it. Sizes that the platform leaves out are summed over the files.
 */
export function buildEvidenceDocument(
  { fact }: StoredContribution,
  collected: CollectedEvidence,
  { capturedAt, landingRules }: { capturedAt: Date; landingRules: LandingRules },
): EvidenceDocument {
  const { pullRequest } = collected
  const landing = collected.landing ?? landingOfCollected(fact, collected, landingRules)
  const { coAuthors = [] } = collected
  const files = collected.files.map(withKeepablePatch)
  const { repository } = pullRequest
  const sum = (read: (file: CollectedEvidence['files'][number]) => number): number =>
    files.reduce((total, file) => total + read(file), 0)
  return freezeEvidence({
    schemaVersion: 1,
    capturedAt: capturedAt.toISOString(),
    repository: {
      platform: pullRequest.platform,
      platformRepositoryId: repository.platformRepositoryId,
      fullName: `${repository.owner}/${repository.name}`,
      defaultBranch: repository.defaultBranch ?? '',
      ownerPlatformUserId: repository.ownerPlatformUserId,
      fork: repository.isFork,
      archived: repository.isArchived,
      stars: repository.stars,
      license: repository.license,
    },
    contribution: {
      kind: fact.kind,
      number: pullRequest.number,
      ...(fact.ref === '' ? {} : { ref: fact.ref }),
      ...(coAuthors.length === 0 ? {} : { coAuthors: coAuthors.map((one) => ({ ...one })) }),
      title: pullRequest.title,
      url: pullRequest.url,
      authorPlatformUserId: pullRequest.authorPlatformUserId,
      authorLogin: pullRequest.authorLogin,
      authorType: pullRequest.authorType,
      authorAssociation: pullRequest.authorAssociation,
      state: pullRequest.state,
      createdAt: pullRequest.createdAt.toISOString(),
      updatedAt: pullRequest.updatedAt.toISOString(),
      closedAt: pullRequest.closedAt?.toISOString() ?? null,
      baseBranch: pullRequest.baseBranch,
      labels: [...pullRequest.labels],
      additions: pullRequest.additions ?? fact.additions ?? sum(({ additions }) => additions),
      deletions: pullRequest.deletions ?? fact.deletions ?? sum(({ deletions }) => deletions),
      changedFiles: pullRequest.changedFiles ?? fact.changedFiles ?? files.length,
    },
    merge: {
      mergedAt: pullRequest.mergedAt?.toISOString() ?? null,
      mergedBy: pullRequest.mergedBy ?? fact.mergedBy,
      lastClosedBy: pullRequest.lastClosedBy,
      mergeCommitSha: pullRequest.mergeCommitSha,
      landing: {
        state: landing.state,
        landedAt: landing.landedAt?.toISOString() ?? null,
        rule: landing.rule,
        commitSha: landing.commitSha,
        proof: landing.proof,
      },
    },
    files: files.map(({ path, status, additions, deletions, patchSha256 }) => ({
      path,
      status,
      additions,
      deletions,
      patchSha256,
    })),
    filesTruncated: collected.filesTruncated,
    commits: [...collected.commits],
    commitsTruncated: collected.commitsTruncated,
    reviews: [...collected.reviews],
  })
}

function landingOfCollected(
  fact: StoredContribution['fact'],
  { pullRequest, reviewed }: CollectedEvidence,
  rules: LandingRules,
): LandingResult {
  return reviewed
    ? landingOfReview(fact.landing.proof, landingOfSeen(fact, reviewed, rules))
    : landingOfSeen(fact, pullRequest, rules)
}

/**
 * The diff as it may be kept: without e-mail addresses (invariant 10: a change of AUTHORS is full of them), and hashed as
 * it is kept. PostgreSQL's text holds no NUL: a diff with one is not kept, and the document names no hash of it either.
 */
function withKeepablePatch(file: CollectedEvidence['files'][number]): CollectedEvidence['files'][number] {
  if (file.patch === null) return file
  if (file.patch.includes('\0')) return { ...file, patch: null, patchSha256: null }
  const patch = stripAddresses(file.patch)
  return { ...file, patch, patchSha256: sha256Hex(patch) }
}

/** The diffs that are kept beside the document, in its order of paths. */
export function toEvidenceFiles(collected: CollectedEvidence): Omit<EvidenceFileRow, 'ordinal'>[] {
  return collected.files
    .map(withKeepablePatch)
    .map(({ path, previousPath, status, additions, deletions, patch, patchSha256 }) => ({
      path: stripAddresses(path),
      previousPath: previousPath === null ? null : stripAddresses(previousPath),
      status,
      additions,
      deletions,
      patch,
      patchSha256,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}
