import { recordAuditEvent } from '@/lib/db/audit-events'
import { type ClaimItemRow, listClaimItems, saveWarnings } from '@/lib/db/claim-items'
import { type ClaimRow, findClaim, holdClaim, listAdminIds, setWarningCount } from '@/lib/db/claims'
import { findContributionFacts } from '@/lib/db/contribution-facts'
import { listEvidence } from '@/lib/db/evidence'
import { listLinkedAccounts } from '@/lib/db/linked-accounts'
import { addNotification } from '@/lib/db/notifications'
import { findPolicyVersion } from '@/lib/db/policy-versions'
import { type Tx, withScope } from '@/lib/db/scope'
import type { SystemActor } from '@/lib/domain/actor'
import { isLive } from '@/lib/domain/claim-states'
import { findNewWarnings, type Warning } from '@/lib/domain/warnings'
import { countWarnings, findClaimWarnings } from './find-claim-warnings'
import { findClassSurges } from './find-class-surges'
import { judgeItems } from './judge-items'
import { getTerm } from './own-claim'

type Key = { universityId: string; claimId: string }

/**
 * Looks at a live claim again after something under it changed: what is a warning now stands at its items, what is none
 * any more is gone. Of new ones the student is told, and of those under an approved claim the admins. Nothing else of the
 * claim changes. Safe to run again: who was told is not told twice.
 * @returns whether there was a new warning that somebody is told of
 */
export async function warnClaim(actor: SystemActor, key: Key, now: Date): Promise<boolean> {
  const owner = await withScope(key, (tx) => findClaim(tx, key))
  if (owner === null) return false
  return withScope({ universityId: key.universityId, personId: owner.personId }, async (tx) => {
    // An approval under way ends first: then its admins are told of a revert.
    await holdClaim(tx, key)
    const claim = await findClaim(tx, key)
    if (claim === null || !isLive(claim.state)) return false
    const items = await listClaimItems(tx, key)
    const current = await findCurrentWarnings(tx, { key, claim, items })
    if (current === null || isSame(items, current)) return false
    await saveWarnings(tx, key, current)
    await setWarningCount(tx, key, countWarnings(current))
    const before = items.flatMap(({ warnings }) => warnings)
    const news = findNewWarnings(before, [...current.values()].flat())
    await tell(tx, { actor, key, claim, news, now })
    return news.length > 0
  })
}

type Current = { key: Key; claim: ClaimRow; items: readonly ClaimItemRow[] }

/** Null where the rules that the claim is judged by are not there to ask. */
async function findCurrentWarnings(tx: Tx, { key, claim, items }: Current): Promise<Map<string, Warning[]> | null> {
  const policy = claim.policyVersionId === null ? null : await findPolicyVersion(tx, claim.policyVersionId)
  if (policy === null) return null
  const { universityId } = key
  const term = await getTerm(tx, universityId, claim.termId)
  const judged = await judgeItems(tx, { universityId, claim, items, term, policy })
  const evidence = await listEvidence(tx, key)
  const surges = await findClassSurges(tx, { universityId, memberId: claim.memberId, judged })
  const accounts = await listLinkedAccounts(tx, claim.personId)
  return findClaimWarnings({ items, judged, evidence, accounts, surges })
}

function isSame(items: readonly ClaimItemRow[], current: ReadonlyMap<string, readonly Warning[]>): boolean {
  const text = (warnings: readonly Warning[]) =>
    JSON.stringify(
      warnings.map(({ code, contributionId, proof }) => [code, contributionId, Object.entries(proof).sort()]),
    )
  return items.every(({ contributionId, warnings }) => text(warnings) === text(current.get(contributionId) ?? []))
}

type Told = { actor: SystemActor; key: Key; claim: ClaimRow; news: readonly Warning[]; now: Date }

/** Once for each kind of news, however many contributions of the claim it is about; the audit has them all. */
async function tell(tx: Tx, { actor, key, claim, news, now }: Told): Promise<void> {
  const { universityId, claimId } = key
  const { code: termCode } = await getTerm(tx, universityId, claim.termId)
  for (const { code, contributionId } of news) {
    await recordAuditEvent(tx, {
      actor,
      action: 'claim.warned',
      subject: { kind: 'claim', id: claimId },
      data: { claimId, contributionId: contributionId ?? '', code },
      occurredAt: now,
    })
  }
  for (const [code, [first]] of Map.groupBy(news, (warning) => warning.code)) {
    const contributionId = first?.contributionId ?? ''
    const told = { claimId, termCode, contributionId, code }
    const { memberId } = claim
    await addNotification(tx, { universityId, memberId, code: 'claim_warned', data: told, createdAt: now })
    if (claim.state === 'approved') await tellAdmins(tx, { universityId, told, now })
  }
}

type ToldOfApproved = {
  universityId: string
  told: { claimId: string; termCode: string; contributionId: string; code: string }
  now: Date
}

async function tellAdmins(tx: Tx, { universityId, told, now }: ToldOfApproved): Promise<void> {
  const { code, ...about } = told
  const [stored] = await findContributionFacts(tx, [about.contributionId])
  const data = { ...about, title: stored?.fact.title ?? '' }
  for (const memberId of await listAdminIds(tx, universityId)) {
    const to = { universityId, memberId, createdAt: now }
    if (code === 'reverted') await addNotification(tx, { ...to, code: 'approved_contribution_reverted', data })
    else await addNotification(tx, { ...to, code: 'approved_contribution_warned', data: { ...data, code } })
  }
}
