import type { MemberActor } from '@/lib/domain/actor'
import { type BulkResult, decideMany } from './decide-many'
import type { BulkInput } from './schema'

/**
 * Endorses several claims that need no second look: complete evidence, no warning, nobody's own. Each is decided for
 * itself; one result a claim, in the order given. A warning that came up meanwhile leaves its claim untouched.
 */
export async function endorseMany(
  actor: MemberActor,
  input: BulkInput,
  deps: { now: Date } = { now: new Date() },
): Promise<BulkResult[]> {
  return decideMany(actor, { ...input, action: 'endorse' }, deps.now)
}
