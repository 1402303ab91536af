import { recordAuditEvent } from '@/lib/db/audit-events'
import {
  findPolicyDraft,
  insertPolicyDraft,
  type PolicyVersionRecord,
  updatePolicyDraft,
} from '@/lib/db/policy-versions'
import { lockKey, type Tx, withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { type CreditPolicy, creditPolicySchema, findPolicyProblems } from '@/lib/domain/credit-policy'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { toPolicyView } from './to-view'
import type { PolicyView } from './view'

const MAX_DOCUMENT_BYTES = 64 * 1024

/**
 * Takes a rule document as the draft of the next version, in place of an earlier draft. Published versions stay.
 * @param document the JSON text, at most 64 KiB
 * @throws AppError invalid `policy_not_json`, `policy_too_large`, `policy_shape` (details.path, details.problem),
 *   `policy_problem` (details.path, details.problem)
 */
export async function draftPolicy(actor: MemberActor, document: string, { now }: { now: Date }): Promise<PolicyView> {
  assertCan(actor, 'policy.draft', { universityId: actor.universityId })
  const policy = parseDocument(document)
  return withScope(actor, async (tx) => {
    await lockKey(tx, `policy-draft:${actor.universityId}`)
    const record = await saveDraft(tx, { actor, policy, now })
    const { id: policyVersionId, version, documentSha256 } = record
    await recordAuditEvent(tx, {
      actor,
      action: 'policy.drafted',
      subject: { kind: 'policy_version', id: policyVersionId },
      data: { policyVersionId, version, documentSha256 },
      occurredAt: now,
    })
    return toPolicyView(record)
  })
}

async function saveDraft(
  tx: Tx,
  { actor, policy, now }: { actor: MemberActor; policy: CreditPolicy; now: Date },
): Promise<PolicyVersionRecord> {
  const draft = await findPolicyDraft(tx)
  if (draft === null) {
    return insertPolicyDraft(tx, { universityId: actor.universityId, policy, memberId: actor.memberId, now })
  }
  await updatePolicyDraft(tx, { id: draft.id, expectedSha256: draft.documentSha256, policy })
  const changed = await findPolicyDraft(tx)
  if (changed === null) throw new AppError('conflict', 'policy_draft_gone')
  return changed
}

function parseDocument(document: string): CreditPolicy {
  if (Buffer.byteLength(document) > MAX_DOCUMENT_BYTES) throw new AppError('invalid', 'policy_too_large')
  const parsed = creditPolicySchema.safeParse(parseJson(document))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const path = issue?.path.join('.') ?? ''
    throw new AppError('invalid', 'policy_shape', { path, problem: issue?.message ?? '' })
  }
  const [problem] = findPolicyProblems(parsed.data)
  if (problem) throw new AppError('invalid', 'policy_problem', { path: problem.path, problem: problem.code })
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('invalid', 'policy_not_json')
  }
}
