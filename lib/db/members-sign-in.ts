import type { Role } from '@/lib/domain/actor'
import type { Tx } from './scope'

export type MemberAtSignIn = {
  universityId: string
  id: string
  personId: string | null
  number: string
  name: string
  subject: string | null
  status: string
}

const FIELDS = { universityId: true, id: true, personId: true, number: true, name: true, subject: true, status: true }

/** The member whom the university's sign-in names by a subject. */
export async function findMemberBySubject(
  tx: Tx,
  key: { universityId: string; subject: string },
): Promise<MemberAtSignIn | null> {
  return tx.member.findUnique({ where: { universityId_subject: key }, select: FIELDS })
}

/** The member with a 学号 or staff number. */
export async function findMemberByNumber(
  tx: Tx,
  key: { universityId: string; number: string },
): Promise<MemberAtSignIn | null> {
  return tx.member.findUnique({ where: { universityId_number: key }, select: FIELDS })
}

/** The membership of a person at a university. */
export async function findMemberOfPerson(
  tx: Tx,
  key: { universityId: string; personId: string },
): Promise<MemberAtSignIn | null> {
  return tx.member.findUnique({ where: { universityId_personId: key }, select: FIELDS })
}

/** The universities that a person is a member of; the scope carries the person. */
export async function listUniversitiesOfPerson(tx: Tx, personId: string): Promise<string[]> {
  const rows = await tx.member.findMany({ where: { personId }, select: { universityId: true } })
  return rows.map(({ universityId }) => universityId).sort()
}

export type NewMember = {
  id: string
  universityId: string
  personId: string
  number: string
  name: string
  subject: string
  departmentId: string | null
  programme: string
  className: string
  email: string
  createdAt: Date
}

/** Adds a member whom no roster knew. */
export async function insertMember(tx: Tx, member: NewMember): Promise<void> {
  await tx.member.createMany({ data: { ...member, updatedAt: member.createdAt } })
}

/** Ties a member to a subject and a person; false when somebody else was tied to it meanwhile. */
export async function bindMember(
  tx: Tx,
  member: MemberAtSignIn,
  to: { subject: string; personId: string },
): Promise<boolean> {
  const { count } = await tx.member.updateMany({
    where: { universityId: member.universityId, id: member.id, subject: member.subject, personId: member.personId },
    data: to,
  })
  return count === 1
}

/** The department of that very name, or null. */
export async function findDepartmentId(tx: Tx, key: { universityId: string; name: string }): Promise<string | null> {
  const found = await tx.department.findUnique({ where: { universityId_name: key }, select: { id: true } })
  return found?.id ?? null
}

type MemberKey = { universityId: string; memberId: string }

/** The roles of a member, each with where it came from. */
export async function listRoles(tx: Tx, key: MemberKey): Promise<{ role: string; source: string }[]> {
  const { universityId, memberId } = key
  return tx.memberRole.findMany({ where: { universityId, memberId }, select: { role: true, source: true } })
}

/** Adds a role that the sign-in said; one held already, whatever its source, stays as it is. */
export async function addSignInRole(tx: Tx, key: MemberKey & { role: Role; createdAt: Date }): Promise<void> {
  await tx.memberRole.createMany({ data: { ...key, source: 'sign_in' }, skipDuplicates: true })
}

/** Takes away a role that only the sign-in gave. */
export async function removeSignInRole(tx: Tx, key: MemberKey & { role: string }): Promise<void> {
  await tx.memberRole.deleteMany({ where: { ...key, source: 'sign_in' } })
}
