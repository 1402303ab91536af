import type { CatalogResolution } from './catalog'
import type { ContributionFact } from './contribution'
import type { EvidenceDocument } from './evidence'
import { MERGED } from './landing-rule'

/** Plain facts for this folder's tests: a pull request of 42 lines that landed and counts. */
export function aContribution(over: Partial<ContributionFact> = {}): ContributionFact {
  const mergedAt = new Date('2026-03-02T10:00:00Z')
  return {
    id: 'c1',
    platform: 'github',
    repository: {
      id: 'r1',
      platformRepositoryId: '100',
      fullName: 'huggingface/trl',
      defaultBranch: 'main',
      ownerPlatformUserId: '900',
      fork: false,
      archived: false,
      stars: 1000,
      license: 'Apache-2.0',
    },
    kind: 'pull_request',
    number: 7,
    ref: '',
    title: 'Fix the loader',
    url: 'https://github.com/huggingface/trl/pull/7',
    authorPlatformUserId: '1',
    authorLogin: 'lin',
    authorType: 'user',
    authorAssociation: 'contributor',
    coAuthors: [],
    state: 'merged',
    createdAt: new Date('2026-03-01T00:00:00Z'),
    updatedAt: mergedAt,
    closedAt: mergedAt,
    mergedAt,
    baseBranch: 'main',
    labels: [],
    additions: 40,
    deletions: 2,
    changedFiles: 2,
    mergedBy: { platformUserId: '2', login: 'maintainer' },
    lastClosedBy: { platformUserId: '2', login: 'maintainer' },
    closerCommitSha: null,
    mergeCommitSha: 'a'.repeat(40),
    landing: { state: 'landed', landedAt: mergedAt, rule: 'merged', commitSha: 'a'.repeat(40), proof: [] },
    reverts: [],
    workId: 'w1',
    ...over,
  }
}

export function aCatalogWord(over: Partial<CatalogResolution> = {}): CatalogResolution {
  return {
    status: 'included',
    entry: null,
    reason: 'shared_repository',
    tier: 'standard',
    kind: 'training',
    landing: MERGED,
    acceptedBranches: [],
    ...over,
  }
}

export function anEvidence(over: Partial<EvidenceDocument> = {}): EvidenceDocument {
  const { repository } = aContribution()
  return {
    schemaVersion: 1,
    capturedAt: '2026-03-10T00:00:00.000Z',
    repository: {
      platform: 'github',
      platformRepositoryId: repository.platformRepositoryId,
      fullName: repository.fullName,
      defaultBranch: 'main',
      ownerPlatformUserId: '900',
      fork: false,
      archived: false,
      stars: 1000,
      license: 'Apache-2.0',
    },
    contribution: {
      kind: 'pull_request',
      number: 7,
      title: 'Fix the loader',
      url: 'https://github.com/huggingface/trl/pull/7',
      authorPlatformUserId: '1',
      authorLogin: 'lin',
      authorType: 'user',
      authorAssociation: 'contributor',
      state: 'merged',
      createdAt: '2026-03-01T00:00:00.000Z',
      updatedAt: '2026-03-02T10:00:00.000Z',
      closedAt: '2026-03-02T10:00:00.000Z',
      baseBranch: 'main',
      labels: [],
      additions: 40,
      deletions: 2,
      changedFiles: 2,
    },
    merge: {
      mergedAt: '2026-03-02T10:00:00.000Z',
      mergedBy: { platformUserId: '2', login: 'maintainer' },
      lastClosedBy: { platformUserId: '2', login: 'maintainer' },
      mergeCommitSha: 'a'.repeat(40),
      landing: {
        state: 'landed',
        landedAt: '2026-03-02T10:00:00.000Z',
        rule: 'merged',
        commitSha: 'a'.repeat(40),
        proof: [],
      },
    },
    files: [
      { path: 'trl/loader.py', status: 'modified', additions: 30, deletions: 2, patchSha256: 'b'.repeat(64) },
      { path: 'tests/test_loader.py', status: 'added', additions: 10, deletions: 0, patchSha256: 'c'.repeat(64) },
    ],
    filesTruncated: false,
    commits: [],
    commitsTruncated: false,
    reviews: [
      { login: 'maintainer', platformUserId: '2', state: 'approved', submittedAt: '2026-03-02T09:00:00Z' },
      { login: 'other', platformUserId: '3', state: 'commented', submittedAt: '2026-03-01T09:00:00Z' },
    ],
    ...over,
  }
}
