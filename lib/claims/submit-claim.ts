import { recordAuditEvent } from '@/lib/db/audit-events'
import { calculateClaim } from '@/lib/db/claim-calculation'
import { type ClaimItemRow, listClaimItems, saveJudgements } from '@/lib/db/claim-items'
import { type ClaimRow, FRESH_EVIDENCE, findDepartmentOf, holdClaim, updateClaim } from '@/lib/db/claims'
import { findContributionFacts } from '@/lib/db/contribution-facts'
import type { JudgedContribution } from '@/lib/db/judgement'
import { findWorkUses, reserveWorks, type WorkUse } from '@/lib/db/live-works'
import { addNotification } from '@/lib/db/notifications'
import { findPolicyInForce, findPolicyVersion, type PolicyVersionRecord } from '@/lib/db/policy-versions'
import { type Tx, withScope } from '@/lib/db/scope'
import { holdTerm } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { nextState } from '@/lib/domain/claim-states'
import { ENGINE_VERSION } from '@/lib/domain/credit-calculation'
import { AppError } from '@/lib/domain/errors'
import { enqueue } from '@/lib/queue/enqueue'
import { freezeJudgement, judgeItems } from './judge-items'
import { assertVersion, getOwnClaim, getTerm } from './own-claim'
import { type ClaimStepInput, claimStepSchema } from './schema'

/**
 * Hands a claim in, for the first time or after changes were asked for: judged once more by the rules in force (kept from
 * then on), its works reserved, the freezing of its evidence queued. All or nothing.
 * @throws AppError not_found `claim_not_found`; conflict `claim_changed`, `wrong_state`, `no_items`, `term_closed`,
 *   `no_policy`, `department_missing`, `items_do_not_count` {count, title}, `work_already_claimed` {title, claimId},
 *   `work_already_credited` {title, claimId}, `work_claimed_elsewhere` {title}, `duplicate_work` {title}
 */
export async function submitClaim(
  actor: MemberActor,
  input: ClaimStepInput,
  deps = { now: new Date() },
): Promise<{ version: number; creditHundredths: number }> {
  const { claimId, version } = claimStepSchema.parse(input)
  const key = { universityId: actor.universityId, claimId }
  return withScope(actor, async (tx) => {
    await holdClaim(tx, key)
    const claim = await getOwnClaim(tx, actor, claimId, 'claim.submit')
    assertVersion(claim, version)
    const items = await listClaimItems(tx, key)
    await holdTerm(tx, actor.universityId, claim.termId)
    const term = await getTerm(tx, actor.universityId, claim.termId)
    const next = nextState(claim.state, 'submit', {
      acceptedItems: items.length,
      termOpen: term.closedAt === null,
      evidenceComplete: false,
      hasReason: false,
    })
    if (!next.ok) throw new AppError('conflict', next.code)
    const departmentId = await getDepartmentOf(tx, actor)
    const policy = await getPolicyFor(tx, claim)
    // What was handed in before keeps its word: later changes of catalog or platform warn, they do not refuse.
    const fresh = items.filter(({ judgement }) => judgement === null)
    const judged = await judgeItems(tx, { universityId: actor.universityId, claim, items: fresh, term, policy })
    refuseWhatDoesNotCount(judged)
    refuseCopies(items, judged)
    await saveJudgements(tx, key, new Map(judged.map((one) => [one.stored.fact.id, freezeJudgement(one)])))
    const { calculation } = await calculateClaim(tx, { ...claim, ...key, policyVersionId: policy.id })
    const change = {
      state: next.state,
      departmentId,
      policyVersionId: policy.id,
      engineVersion: ENGINE_VERSION,
      ...FRESH_EVIDENCE,
      creditHundredths: calculation.creditHundredths,
      endorsedByPersonId: null,
      queuedAt: deps.now,
      submittedAt: deps.now,
      now: deps.now,
    }
    const changed = await updateClaim(tx, { ...key, state: claim.state, version }, change)
    if (!changed) throw new AppError('conflict', 'claim_changed')
    await reserve(tx, { actor, claim, items })
    const { creditHundredths } = calculation
    await tell(tx, { actor, claim, items, policy, termCode: term.code, now: deps.now, creditHundredths })
    return { version: version + 1, creditHundredths }
  })
}

/** Reviewers look at the queues of departments: a claim of none would wait for nobody. */
async function getDepartmentOf(tx: Tx, actor: MemberActor): Promise<string> {
  const departmentId = await findDepartmentOf(tx, actor)
  if (departmentId === null) throw new AppError('conflict', 'department_missing')
  return departmentId
}

/** The version that the claim was first handed in under, else the one in force. */
async function getPolicyFor(tx: Tx, claim: ClaimRow): Promise<PolicyVersionRecord> {
  const kept = claim.policyVersionId === null ? null : await findPolicyVersion(tx, claim.policyVersionId)
  const policy = kept ?? (await findPolicyInForce(tx))
  if (policy === null) throw new AppError('conflict', 'no_policy')
  return policy
}

function refuseWhatDoesNotCount(judged: readonly JudgedContribution[]): void {
  const refused = judged.filter(({ judgement, item }) => !judgement.eligible || item === null)
  const [first] = refused
  if (!first) return
  const title = first.stored.fact.title
  // The work counts, but not again: that has words of its own.
  if (first.use !== null) throw new AppError('conflict', codeOf(first.use), { title, claimId: first.use.claimId })
  throw new AppError('conflict', 'items_do_not_count', { count: refused.length, title })
}

/** What a claim at another university is about stays behind its wall. */
function codeOf({ kind, claimId }: WorkUse): string {
  return claimId === null ? 'work_claimed_elsewhere' : `work_already_${kind}`
}

function refuseCopies(items: readonly ClaimItemRow[], judged: readonly JudgedContribution[]): void {
  const copied = items.find((item, index) => items.findIndex(({ workId }) => workId === item.workId) !== index)
  if (!copied) return
  const title = judged.find(({ stored }) => stored.fact.id === copied.contributionId)?.stored.fact.title ?? ''
  throw new AppError('conflict', 'duplicate_work', { title })
}

type Reserving = { actor: MemberActor; claim: ClaimRow; items: readonly ClaimItemRow[] }

/** Of two claims over one work handed in at once, the second learns here that the first was faster. */
async function reserve(tx: Tx, { actor, claim, items }: Reserving): Promise<void> {
  const { universityId, personId } = actor
  const workIds = items.map(({ workId }) => workId)
  const taken = await reserveWorks(tx, { universityId, personId, claimId: claim.id, workIds })
  if (taken.length === 0) return
  const uses = await findWorkUses(tx, { universityId, personId, workIds: taken, exceptClaimId: claim.id })
  const item = items.find(({ workId }) => taken.includes(workId))
  const [stored] = await findContributionFacts(tx, item ? [item.contributionId] : [])
  const use = uses.get(item?.workId ?? '') ?? { kind: 'claimed', claimId: null }
  throw new AppError('conflict', codeOf(use), { title: stored?.fact.title ?? '', claimId: use.claimId })
}

type Told = Reserving & { policy: PolicyVersionRecord; termCode: string; creditHundredths: number; now: Date }

async function tell(tx: Tx, told: Told): Promise<void> {
  const { actor, claim, items, policy, termCode, creditHundredths, now } = told
  const { universityId } = actor
  await recordAuditEvent(tx, {
    actor,
    action: 'claim.submitted',
    subject: { kind: 'claim', id: claim.id },
    data: {
      claimId: claim.id,
      items: items.length,
      policyVersionId: policy.id,
      previewHundredths: creditHundredths,
    },
    occurredAt: now,
  })
  await addNotification(tx, {
    universityId,
    memberId: actor.memberId,
    code: 'claim_submitted',
    data: { claimId: claim.id, termCode, items: items.length },
    createdAt: now,
  })
  await enqueue(tx, 'freeze-evidence', { universityId, claimId: claim.id })
}
