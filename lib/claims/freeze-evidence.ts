import { listCatalogEntriesFor } from '@/lib/db/catalog-entries'
import { listClaimItems } from '@/lib/db/claim-items'
import { type ClaimRow, findClaim, setEvidenceProgress } from '@/lib/db/claims'
import { fillMissingSize, findContributionFacts, type StoredContribution } from '@/lib/db/contribution-facts'
import { isUniqueViolation } from '@/lib/db/errors'
import { insertEvidence, listEvidencedContributions } from '@/lib/db/evidence'
import { savePatchId } from '@/lib/db/own-contributions'
import { withScope } from '@/lib/db/scope'
import type { SystemActor } from '@/lib/domain/actor'
import { resolveCatalog } from '@/lib/domain/catalog'
import { isChange } from '@/lib/domain/contribution'
import { hashEvidence } from '@/lib/domain/evidence'
import { planNextTry } from '@/lib/domain/evidence-tries'
import type { LandingRules } from '@/lib/domain/landing-rule'
import { patchIdOfFiles } from '@/lib/domain/patch-id'
import { assertCan } from '@/lib/domain/permissions'
import { isPlatformError, type PlatformError } from '@/lib/platforms/platform-error'
import type { CollectedEvidence } from '@/lib/platforms/port'
import { enqueue } from '@/lib/queue/enqueue'
import { type Collect, collectFromPlatforms } from './collect-evidence'
import { buildEvidenceDocument, toEvidenceFiles } from './evidence-document'
import { assertSamePullRequest } from './fact-of-evidence'
import { giveUpEvidence } from './give-up-evidence'
import { startReview } from './start-review'

/** What came of it: done, nothing to do (withdrawn meanwhile), given up, or try again at a time. */
export type FreezeOutcome = { status: 'complete' | 'left' | 'failed' } | { status: 'wait'; until: Date }

export type FreezeDeps = { now: Date; collect?: Collect }

/**
 * Freezes the evidence of a submitted claim, one transaction a contribution; what is frozen already stays. With the last
 * one the claim goes into review. When a platform fails the claim stays submitted and says why and until when; when it
 * failed too often collecting ends, until somebody asks for it anew.
 */
export async function freezeClaimEvidence(
  actor: SystemActor,
  input: { universityId: string; claimId: string },
  deps: FreezeDeps = { now: new Date() },
): Promise<FreezeOutcome> {
  assertCan(actor, 'claim.freeze_evidence', { universityId: input.universityId })
  const missing = await findMissing(input)
  if (missing === null) return { status: 'left' }
  const collect = deps.collect ?? collectFromPlatforms(input.universityId)
  let strikes = missing.claim.evidenceStrikes
  for (const contribution of missing.contributions) {
    try {
      const { personId } = missing.claim
      await freezeOne(input, contribution, { collected: await collect(contribution), now: deps.now, personId })
      strikes = 0
    } catch (error) {
      if (!isPlatformError(error)) throw error
      return failed(actor, { key: input, strikes, error, now: deps.now })
    }
  }
  return startReview(actor, input, { now: deps.now })
}

type Key = { universityId: string; claimId: string }

/** What has no evidence yet; null when the claim does not wait for any. */
async function findMissing(key: Key): Promise<{ claim: ClaimRow; contributions: StoredContribution[] } | null> {
  return withScope(key, async (tx) => {
    const claim = await findClaim(tx, key)
    if (claim?.state !== 'submitted' || claim.evidenceState !== 'collecting') return null
    const items = await listClaimItems(tx, key)
    const done = await listEvidencedContributions(tx, key)
    const ids = items.map(({ contributionId }) => contributionId).filter((id) => !done.has(id))
    return { claim, contributions: await findContributionFacts(tx, ids) }
  })
}

/** How changes land in the repository, by the catalog as it is now. */
async function findLandingRules(key: Key, { fact }: StoredContribution): Promise<LandingRules> {
  const subject = { platform: fact.platform, ...fact.repository }
  const entries = await withScope(key, (tx) => listCatalogEntriesFor(tx, [subject]))
  return resolveCatalog(subject, entries).landing
}

async function freezeOne(
  key: Key,
  contribution: StoredContribution,
  { collected, now, personId }: { collected: CollectedEvidence; now: Date; personId: string },
): Promise<void> {
  assertSamePullRequest(contribution, collected)
  const landingRules = await findLandingRules(key, contribution)
  const document = buildEvidenceDocument(contribution, collected, { capturedAt: now, landingRules })
  const { additions, deletions, changedFiles } = document.contribution
  try {
    await withScope(key, async (tx) => {
      await insertEvidence(tx, {
        universityId: key.universityId,
        claimId: key.claimId,
        contributionId: contribution.fact.id,
        document,
        contentSha256: hashEvidence(document),
        capturedAt: now,
        files: toEvidenceFiles(collected),
      })
      // Of a change over more files than are shown neither the size nor the patch is known.
      if (collected.filesTruncated || !isChange(contribution.fact.kind)) return
      await fillMissingSize(tx, contribution.fact.id, { additions, deletions, changedFiles })
      await savePatchId(tx, contribution.fact.id, patchIdOfFiles(collected.files))
      await enqueue(tx, 'find-copies', { universityId: key.universityId, personId })
    })
  } catch (error) {
    // Another worker that was believed dead was faster: its evidence stands.
    if (!isUniqueViolation(error)) throw error
  }
}

type Failure = { key: Key; strikes: number; error: PlatformError; now: Date }

async function failed(actor: SystemActor, { key, strikes, error, now }: Failure): Promise<FreezeOutcome> {
  const next = planNextTry({ kind: error.kind, strikes, until: error.until, now })
  if (next.retryAt === null) {
    const given = await giveUpEvidence(actor, { ...key, failure: error.kind, strikes: next.strikes }, { now })
    return { status: given ? 'failed' : 'left' }
  }
  const waits = await withScope(key, (tx) =>
    setEvidenceProgress(tx, key, {
      evidenceState: 'collecting',
      evidenceFailure: error.kind,
      evidenceStrikes: next.strikes,
      evidenceRetryAt: next.retryAt,
    }),
  )
  return waits ? { status: 'wait', until: next.retryAt } : { status: 'left' }
}
