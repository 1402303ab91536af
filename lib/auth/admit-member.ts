import { randomUUID } from 'node:crypto'
import { mergePersons } from '@/lib/auth/merge-persons'
import type { SignInClaims } from '@/lib/auth/read-claims'
import { refreshRoles } from '@/lib/auth/refresh-roles'
import { signInActor } from '@/lib/auth/sign-in-actor'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { isUniqueViolation } from '@/lib/db/errors'
import {
  bindMember,
  findDepartmentId,
  findMemberByNumber,
  findMemberBySubject,
  findMemberOfPerson,
  insertMember,
  type MemberAtSignIn,
} from '@/lib/db/members-sign-in'
import { insertPerson } from '@/lib/db/persons'
import { lockKey, type Tx, withScope } from '@/lib/db/scope'
import type { Role } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'

export type Admission = {
  universityId: string
  claims: SignInClaims
  /** The person who adds this membership to their others; left out: the membership's own, or a new one. */
  joinPersonId?: string
}

export type Admitted = { personId: string; memberId: string; universityId: string; roles: readonly Role[] }

type Matched = { member: MemberAtSignIn; by: 'subject' | 'number' } | null

/**
 * Lets in whom the university's sign-in proved: the member with that subject, else the roster's row with that number and
 * no subject yet, else a new member when the claims say a role. Never by e-mail address. Roles that only the sign-in gave
 * are brought up to what it says now.
 * @throws AppError `forbidden` with a code that the sign-in page has words for
 */
export async function admitMember(admission: Admission, deps: { now: Date }): Promise<Admitted> {
  const { universityId } = admission
  assertCan(signInActor(universityId), 'member.admit', { universityId })
  // The wall binds a membership only to the person in scope, or to one who is nobody yet.
  const scope = { universityId, personId: admission.joinPersonId ?? null }
  const attempt = () => withScope(scope, (tx) => admit(tx, admission, deps.now))
  try {
    return await attempt()
  } catch (error) {
    // A roster import added the row meanwhile: now it is there to be matched.
    if (isUniqueViolation(error)) return attempt()
    throw error
  }
}

async function admit(tx: Tx, admission: Admission, now: Date): Promise<Admitted> {
  const { universityId, claims } = admission
  // Two windows signing in for the first time must not make two persons of one.
  await lockKey(tx, `sign-in:${universityId}:${claims.subject}`)
  const matched = await matchMember(tx, admission)
  if (matched?.member.status === 'left') throw new AppError('forbidden', 'member_left')
  await refuseSecondMembership(tx, admission, matched)
  const { personId, memberId, isNew, isJoined } = matched
    ? await enterKnown(tx, { admission, matched, now })
    : await enterNew(tx, admission, now)
  const event = {
    actor: signInActor(universityId),
    subject: { kind: 'member' as const, id: memberId },
    occurredAt: now,
  }
  if (isNew) {
    const data = { memberId, matchedBy: matched?.by ?? ('new' as const) }
    await recordAuditEvent(tx, { ...event, action: 'member.admitted', data })
  }
  if (isJoined) await recordAuditEvent(tx, { ...event, action: 'member.joined_person', data: { memberId } })
  const roles = await refreshRoles(tx, { universityId, memberId, said: claims.roles, now })
  return { personId, memberId, universityId, roles }
}

async function matchMember(tx: Tx, { universityId, claims }: Admission): Promise<Matched> {
  const bySubject = await findMemberBySubject(tx, { universityId, subject: claims.subject })
  if (bySubject) return { member: bySubject, by: 'subject' }
  if (claims.number === null) return null
  const byNumber = await findMemberByNumber(tx, { universityId, number: claims.number })
  if (byNumber === null) return null
  // The number is somebody's who signed in under another subject: an account that was taken over looks like this.
  if (byNumber.subject !== null) throw new AppError('forbidden', 'number_belongs_to_another')
  return { member: byNumber, by: 'number' }
}

/** Who adds a university is no other member there. */
async function refuseSecondMembership(
  tx: Tx,
  { universityId, joinPersonId }: Admission,
  matched: Matched,
): Promise<void> {
  if (joinPersonId === undefined) return
  const there = await findMemberOfPerson(tx, { universityId, personId: joinPersonId })
  if (there !== null && there.id !== matched?.member.id) throw new AppError('conflict', 'already_member_there')
}

type Entered = { personId: string; memberId: string; isNew: boolean; isJoined: boolean }
type Known = { admission: Admission; matched: NonNullable<Matched>; now: Date }

async function enterKnown(tx: Tx, { admission, matched, now }: Known): Promise<Entered> {
  const { member } = matched
  const memberId = member.id
  const { joinPersonId } = admission
  if (member.personId !== null && member.subject !== null && (joinPersonId ?? member.personId) === member.personId) {
    return { personId: member.personId, memberId, isNew: false, isJoined: false }
  }
  if (joinPersonId !== undefined) await mergePersons(tx, { member, intoPersonId: joinPersonId, now })
  const personId = joinPersonId ?? member.personId ?? (await addPerson(tx, now))
  const isBound = await bindMember(tx, member, { subject: admission.claims.subject, personId })
  if (!isBound) throw new AppError('conflict', 'sign_in_again')
  return { personId, memberId, isNew: member.subject === null, isJoined: joinPersonId !== undefined }
}

async function enterNew(tx: Tx, { universityId, claims, joinPersonId }: Admission, now: Date): Promise<Entered> {
  if (claims.number === null || (claims.roles ?? []).length === 0) throw new AppError('forbidden', 'not_a_member')
  const personId = joinPersonId ?? (await addPerson(tx, now))
  const memberId = randomUUID()
  const departmentId = await findDepartmentId(tx, { universityId, name: claims.department })
  const { subject, programme, className, email, number } = claims
  const name = claims.name || number
  await insertMember(tx, {
    ...{ id: memberId, universityId, personId, departmentId, createdAt: now },
    ...{ subject, number, name, programme, className, email },
  })
  return { personId, memberId, isNew: true, isJoined: joinPersonId !== undefined }
}

async function addPerson(tx: Tx, now: Date): Promise<string> {
  const id = randomUUID()
  await insertPerson(tx, { id, createdAt: now })
  return id
}
