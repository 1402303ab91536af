import { recordAuditEvent } from '@/lib/db/audit-events'
import { type ClaimItemRow, listClaimItems, listClaimsHolding, saveWarnings } from '@/lib/db/claim-items'
import { type ClaimRow, findClaim, holdClaim, listAdminIds, setWarningCount } from '@/lib/db/claims'
import { findContributionFacts } from '@/lib/db/contribution-facts'
import { listEvidence } from '@/lib/db/evidence'
import { listLinkedAccounts } from '@/lib/db/linked-accounts'
import { addNotification } from '@/lib/db/notifications'
import { findPolicyVersion } from '@/lib/db/policy-versions'
import { type Tx, withScope } from '@/lib/db/scope'
import { listUniversities } from '@/lib/db/universities'
import type { SystemActor } from '@/lib/domain/actor'
import { isLive } from '@/lib/domain/claim-states'
import { assertCan } from '@/lib/domain/permissions'
import type { Warning } from '@/lib/domain/warnings'
import { countWarnings, findClaimWarnings } from './find-claim-warnings'
import { judgeItems } from './judge-items'
import { getTerm } from './own-claim'

type Input = { contributionId: string; code: string }

/**
 * Something under a contribution changed (a revert, the catalog, its facts): the live claims that hold it get the warning,
 * their students are told, and for an approved claim whose contribution was taken back the admins. No claim is changed
 * beyond that. Safe to run again: who was told is not told twice.
 * @returns how many claims got a new warning
 */
export async function warnClaims(actor: SystemActor, input: Input, deps = { now: new Date() }): Promise<number> {
  const universities = await withScope({}, (tx) => listUniversities(tx))
  let warned = 0
  for (const { id: universityId } of universities) {
    assertCan({ ...actor, universityId }, 'claim.freeze_evidence', { universityId })
    const holding = await withScope({ universityId }, (tx) => listClaimsHolding(tx, universityId, input.contributionId))
    for (const { claimId } of holding) {
      const told = await warnClaim({ ...actor, universityId }, { universityId, claimId, ...input }, deps.now)
      warned += told ? 1 : 0
    }
  }
  return warned
}

async function warnClaim(
  actor: SystemActor,
  input: Input & { universityId: string; claimId: string },
  now: Date,
): Promise<boolean> {
  const { universityId, claimId, contributionId, code } = input
  const key = { universityId, claimId }
  const owner = await withScope(key, (tx) => findClaim(tx, key))
  if (owner === null) return false
  return withScope({ universityId, personId: owner.personId }, async (tx) => {
    // An approval under way ends first: then its admins are told of a revert.
    await holdClaim(tx, key)
    const claim = await findClaim(tx, key)
    if (claim === null || !isLive(claim.state)) return false
    const items = await listClaimItems(tx, key)
    const warnings = await findCurrentWarnings(tx, { key, claim, items })
    const warning = warnings.get(contributionId)?.find((one) => one.code === code)
    const known = items.find((item) => item.contributionId === contributionId)?.warnings ?? []
    if (!warning || known.some((one) => one.code === code)) return false
    await saveWarnings(tx, key, warnings)
    await setWarningCount(tx, key, countWarnings(warnings))
    await tell(tx, { actor, key, claim, warning, contributionId, now })
    return true
  })
}

type Current = { key: { universityId: string; claimId: string }; claim: ClaimRow; items: readonly ClaimItemRow[] }

async function findCurrentWarnings(tx: Tx, { key, claim, items }: Current): Promise<Map<string, Warning[]>> {
  const policy = claim.policyVersionId === null ? null : await findPolicyVersion(tx, claim.policyVersionId)
  if (policy === null) return new Map()
  const { universityId } = key
  const term = await getTerm(tx, universityId, claim.termId)
  const judged = await judgeItems(tx, { universityId, claim, items, term, policy })
  const evidence = await listEvidence(tx, key)
  return findClaimWarnings({ items, judged, evidence, accounts: await listLinkedAccounts(tx, claim.personId) })
}

type Told = {
  actor: SystemActor
  key: { universityId: string; claimId: string }
  claim: ClaimRow
  warning: Warning
  contributionId: string
  now: Date
}

async function tell(tx: Tx, { actor, key, claim, warning, contributionId, now }: Told): Promise<void> {
  const { universityId, claimId } = key
  const { code } = await getTerm(tx, universityId, claim.termId)
  await recordAuditEvent(tx, {
    actor,
    action: 'claim.warned',
    subject: { kind: 'claim', id: claimId },
    data: { claimId, contributionId, code: warning.code },
    occurredAt: now,
  })
  await addNotification(tx, {
    universityId,
    memberId: claim.memberId,
    code: 'claim_warned',
    data: { claimId, termCode: code, contributionId, code: warning.code },
    createdAt: now,
  })
  if (claim.state !== 'approved' || warning.code !== 'reverted') return
  const [stored] = await findContributionFacts(tx, [contributionId])
  for (const memberId of await listAdminIds(tx, universityId)) {
    await addNotification(tx, {
      universityId,
      memberId,
      code: 'approved_contribution_reverted',
      data: { claimId, termCode: code, contributionId, title: stored?.fact.title ?? '' },
      createdAt: now,
    })
  }
}
