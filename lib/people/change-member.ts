import { type HeldMember, lockMember, markMemberChanged } from '@/lib/db/members'
import { type Tx, withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { type Action, assertCan, type Resource } from '@/lib/domain/permissions'

export type MemberChange = { memberId: string; expectedVersion: number }

type Call = { action: Action; change: MemberChange; now: Date }

/**
 * What every change of a member has in common: the right to it, the member as the admin saw them, one transaction.
 * `work` returns a new status where that changes.
 * @throws AppError not_found `member_not_found`; conflict `member_changed`; forbidden `not_for_yourself`
 */
export async function changeMember(
  actor: MemberActor,
  { action, change, now }: Call,
  work: (tx: Tx, member: HeldMember) => Promise<{ status?: string } | undefined>,
): Promise<void> {
  const { universityId } = actor
  const { memberId } = change
  // Before anything is looked up: who has not the role is told nothing of who is there.
  assertCan(actor, 'people.view', { universityId })
  await withScope({ universityId }, async (tx) => {
    const member = await lockMember(tx, { universityId, memberId })
    if (member === null) throw new AppError('not_found', 'member_not_found')
    assertCan(actor, action, resourceOf(universityId, member))
    if (member.version !== change.expectedVersion) throw new AppError('conflict', 'member_changed')
    const changed = await work(tx, member)
    await markMemberChanged(tx, { universityId, memberId, now, ...changed })
  })
}

/** A member who never signed in is no person yet, so certainly not the one who acts: their own id stands for them. */
export function resourceOf(
  universityId: string,
  { personId, memberId }: { personId: string | null; memberId: string },
): Resource {
  return { universityId, ownerPersonId: personId ?? memberId }
}
