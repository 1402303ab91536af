import type pg from 'pg'
import { canonicalHash, sha256Hex } from '@/lib/domain/canonical-json'
import type { EvidenceDocument } from '@/lib/domain/evidence'
import { type Cell, copyRows } from './copy-rows'
import type { BenchClaim, BenchContribution } from './world'

const PATCH = Array.from(
  { length: 12 },
  (_, line) => `@@ -${line},1 +${line},2 @@\n import torch\n+import part_${line}\n`,
).join('')
const PATCH_SHA = sha256Hex(PATCH)
const WITHOUT = ['draft', 'submitted']

/** By contribution. */
export type EvidenceHashes = ReadonlyMap<string, string>

/** One document an item: most of four files, one in fifty of three hundred. */
export async function seedEvidence(client: pg.Client, claims: readonly BenchClaim[]): Promise<EvidenceHashes> {
  const hashes = new Map<string, string>()
  const items = claims
    .filter(({ state }) => !WITHOUT.includes(state))
    .flatMap((claim) => claim.items.map((item) => ({ claim, item })))
  function* documents(): Generator<Cell[]> {
    for (const [index, { claim, item }] of items.entries()) {
      const content = documentOf(item.contribution, filesOf(index))
      const sha = canonicalHash(content)
      hashes.set(`${claim.id}/${item.contribution.id}`, sha)
      yield [
        claim.owner.university.id,
        item.evidenceId,
        claim.id,
        item.contribution.id,
        { json: content },
        sha,
        claim.queuedAt,
      ]
    }
  }
  await copyRows(
    client,
    'evidence',
    ['university_id', 'id', 'claim_id', 'contribution_id', 'content', 'content_sha256', 'captured_at'],
    documents(),
  )
  function* files(): Generator<Cell[]> {
    for (const [index, { claim, item }] of items.entries()) {
      for (let file = 0; file < filesOf(index); file += 1) {
        yield [claim.owner.university.id, item.evidenceId, file + 1, pathOf(file), 'modified', 12, 3, PATCH, PATCH_SHA]
      }
    }
  }
  await copyRows(
    client,
    'evidence_file',
    ['university_id', 'evidence_id', 'ordinal', 'path', 'status', 'additions', 'deletions', 'patch', 'patch_sha256'],
    files(),
  )
  return hashes
}

function filesOf(index: number): number {
  return index % 50 === 49 ? 300 : 1 + (index % 7)
}

function pathOf(file: number): string {
  return `src/models/part_${file}/tokenizer_${file % 9}.py`
}

function documentOf(one: BenchContribution, files: number): EvidenceDocument {
  const at = one.landedAt.toISOString()
  const author = { authorLogin: one.login, authorPlatformUserId: one.platformUserId }
  const commit = { sha: one.sha, ...author, messageFirstLine: one.title, coAuthors: [], committedAt: at }
  return {
    schemaVersion: 1,
    capturedAt: at,
    repository: {
      platform: one.platform,
      platformRepositoryId: one.platformRepositoryId,
      fullName: one.fullName,
      defaultBranch: 'main',
      ownerPlatformUserId: null,
      fork: false,
      archived: false,
      stars: 900,
      license: 'Apache-2.0',
    },
    contribution: {
      kind: 'pull_request',
      number: one.number,
      title: one.title,
      url: one.url,
      ...author,
      authorType: 'user',
      authorAssociation: 'contributor',
      state: 'merged',
      createdAt: at,
      updatedAt: at,
      closedAt: at,
      baseBranch: 'main',
      labels: ['bug'],
      additions: one.additions,
      deletions: one.deletions,
      changedFiles: files,
    },
    merge: {
      mergedAt: at,
      mergedBy: { platformUserId: '42', login: 'maintainer' },
      lastClosedBy: null,
      mergeCommitSha: one.sha,
      landing: {
        state: 'landed',
        landedAt: at,
        rule: 'merged',
        commitSha: one.sha,
        proof: [{ fact: 'merged_at', value: at }],
      },
    },
    files: Array.from({ length: files }, (_, file) => {
      return { path: pathOf(file), status: 'modified', additions: 12, deletions: 3, patchSha256: PATCH_SHA }
    }),
    filesTruncated: false,
    commits: [commit, commit, commit],
    commitsTruncated: false,
    reviews: [{ login: 'maintainer', platformUserId: '42', state: 'approved', submittedAt: at }],
  }
}
