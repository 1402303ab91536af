import { canonicalHash, sha256Hex } from '@/lib/domain/canonical-json'
import type { EvidenceDocument } from '@/lib/domain/evidence'
import { NOW, type TestWorld } from './world'

const PATCH = '@@ -1,2 +1,3 @@\n import torch\n+import tokenizer\n'

type Input = { universityId: string; claimId: string; contributionId: string }

/** Frozen evidence of a stored contribution: one file, one commit, one approving review. Returns its id and hash. */
export async function makeEvidence(world: TestWorld, input: Input): Promise<{ evidenceId: string; sha256: string }> {
  const content = await documentOf(world, input.contributionId)
  const sha256 = canonicalHash(content)
  const evidence = await world.db.evidence.create({
    data: { ...input, content, contentSha256: sha256, capturedAt: NOW },
  })
  const { additions, deletions } = content.contribution
  await world.db.evidenceFile.create({
    data: {
      universityId: input.universityId,
      evidenceId: evidence.id,
      ordinal: 1,
      path: 'src/tokenizer.py',
      status: 'modified',
      additions,
      deletions,
      patch: PATCH,
      patchSha256: sha256Hex(PATCH),
    },
  })
  return { evidenceId: evidence.id, sha256 }
}

async function documentOf({ db }: TestWorld, contributionId: string): Promise<EvidenceDocument> {
  const row = await db.contribution.findUniqueOrThrow({
    where: { id: contributionId },
    include: { repository: true },
  })
  const { repository } = row
  const additions = row.additions ?? 90
  const deletions = row.deletions ?? 10
  const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null
  return {
    schemaVersion: 1,
    capturedAt: NOW.toISOString(),
    repository: {
      platform: row.platform === 'gitee' ? 'gitee' : 'github',
      platformRepositoryId: repository.platformRepositoryId,
      fullName: `${repository.owner}/${repository.name}`,
      defaultBranch: repository.defaultBranch ?? 'main',
      ownerPlatformUserId: repository.ownerPlatformUserId,
      fork: repository.isFork,
      archived: repository.isArchived,
      stars: repository.stars,
      license: repository.license,
    },
    contribution: {
      kind: 'pull_request',
      number: row.number,
      title: row.title,
      url: row.url,
      authorPlatformUserId: row.authorPlatformUserId,
      authorLogin: row.authorLogin,
      authorType: 'user',
      authorAssociation: 'contributor',
      state: 'merged',
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      closedAt: iso(row.closedAt),
      baseBranch: row.baseBranch,
      labels: row.labels,
      additions,
      deletions,
      changedFiles: 1,
    },
    merge: {
      mergedAt: iso(row.mergedAt),
      mergedBy: { platformUserId: row.mergedByUserId, login: row.mergedByLogin ?? 'maintainer' },
      lastClosedBy: null,
      mergeCommitSha: row.mergeCommitSha,
      landing: {
        state: 'landed',
        landedAt: iso(row.landedAt),
        rule: 'merged',
        commitSha: row.landedCommitSha,
        proof: [{ fact: 'merged_at', value: iso(row.landedAt) ?? '' }],
      },
    },
    files: [{ path: 'src/tokenizer.py', status: 'modified', additions, deletions, patchSha256: sha256Hex(PATCH) }],
    filesTruncated: false,
    commits: [
      {
        sha: row.landedCommitSha ?? '0000000',
        authorLogin: row.authorLogin,
        authorPlatformUserId: row.authorPlatformUserId,
        messageFirstLine: row.title,
        coAuthors: [],
        committedAt: row.createdAt.toISOString(),
      },
    ],
    commitsTruncated: false,
    reviews: [
      { login: 'maintainer', platformUserId: '42', state: 'approved', submittedAt: row.updatedAt.toISOString() },
    ],
  }
}
