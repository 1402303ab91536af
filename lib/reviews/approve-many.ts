import type { MemberActor } from '@/lib/domain/actor'
import { type BulkResult, decideMany } from './decide-many'
import type { BulkInput } from './schema'

/**
 * Approves several endorsed claims and enters their credit. Each is decided for itself; one result a claim, in the order
 * given. What the same person endorsed, or claimed, is refused.
 */
export async function approveMany(
  actor: MemberActor,
  input: BulkInput,
  deps: { now: Date } = { now: new Date() },
): Promise<BulkResult[]> {
  return decideMany(actor, { ...input, action: 'approve' }, deps.now)
}
