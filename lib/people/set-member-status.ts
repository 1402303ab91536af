import { recordAuditEvent } from '@/lib/db/audit-events'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { changeMember } from './change-member'
import type { StatusInput } from './schema'

/**
 * Marks a member as having left, or as back. Who left is signed out at once and cannot sign in here; claims, credit and
 * linked accounts stay as they are.
 * @throws AppError as {@link changeMember}; conflict `status_held`
 */
export async function setMemberStatus(actor: MemberActor, input: StatusInput, { now }: { now: Date }): Promise<void> {
  const { memberId, status } = input
  await changeMember(actor, { action: 'member.change', change: input, now }, async (tx, member) => {
    if (member.status === status) throw new AppError('conflict', 'status_held')
    await recordAuditEvent(tx, {
      actor,
      action: 'member.status_changed',
      subject: { kind: 'member', id: memberId },
      data: { memberId, status },
      occurredAt: now,
    })
    return { status }
  })
}
