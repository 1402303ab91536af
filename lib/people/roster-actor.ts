import { type MemberActor, NO_MEMBER, type OperatorActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'

export type RosterActor = MemberActor | OperatorActor

/** The university whose roster the actor may import, and the member that they are there. */
export function rosterPlace(actor: RosterActor): {
  universityId: string
  memberId: string
  ownMemberId: string | null
} {
  assertCan(actor, 'roster.import', { universityId: actor.universityId })
  if (actor.universityId === null) throw new AppError('not_found', 'not_found')
  const ownMemberId = actor.kind === 'member' ? actor.memberId : null
  return { universityId: actor.universityId, memberId: ownMemberId ?? NO_MEMBER, ownMemberId }
}
