import type { MemberAtSignIn } from '@/lib/db/members-sign-in'
import { closePerson, hasPersonData } from '@/lib/db/persons'
import { setScope, type Tx } from '@/lib/db/scope'
import { deleteSessionsOfPerson } from '@/lib/db/sessions'
import { AppError } from '@/lib/domain/errors'

export type Merge = { member: MemberAtSignIn; intoPersonId: string; now: Date }

/**
 * Clears the way for a membership to become another person's: whoever it belonged to had nothing but it. Called in the
 * scope of the membership's university and of the person it goes to; leaves that scope as it was.
 * @throws AppError `conflict` when the membership has a history of its own
 */
export async function mergePersons(tx: Tx, { member, intoPersonId, now }: Merge): Promise<void> {
  if (member.personId === null || member.personId === intoPersonId) return
  await emptyPerson(tx, { ...member, personId: member.personId }, now)
  await setScope(tx, { universityId: member.universityId, personId: intoPersonId })
}

async function emptyPerson(tx: Tx, member: MemberAtSignIn & { personId: string }, now: Date): Promise<void> {
  const { universityId, personId } = member
  await setScope(tx, { universityId, personId })
  if (await hasPersonData(tx, { personId, universityId, memberId: member.id })) {
    throw new AppError('conflict', 'other_person_has_data')
  }
  await deleteSessionsOfPerson(tx, personId)
  await closePerson(tx, personId, now)
}
