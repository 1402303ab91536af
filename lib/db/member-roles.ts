import type { Role } from '@/lib/domain/actor'
import type { Tx } from './scope'

type RoleKey = { universityId: string; memberId: string; role: Role }

/** Gives a role by an admin's hand; false when it is held already, whoever gave it. */
export async function insertGrantedRole(tx: Tx, key: RoleKey & { createdAt: Date }): Promise<boolean> {
  const { count } = await tx.memberRole.createMany({ data: { ...key, source: 'granted' }, skipDuplicates: true })
  return count === 1
}

/** Takes a role, whoever gave it; false when it is not held. */
export async function deleteRole(tx: Tx, key: RoleKey): Promise<boolean> {
  const { count } = await tx.memberRole.deleteMany({ where: key })
  return count === 1
}

/** Whether a member holds a role. */
export async function hasMemberRole(tx: Tx, key: RoleKey): Promise<boolean> {
  return (await tx.memberRole.count({ where: key })) === 1
}
