import type { Tx } from './scope'

type MemberKey = { universityId: string; memberId: string }

/** The departments whose claims a reviewer sees. */
export async function listAssignedDepartments(tx: Tx, { universityId, memberId }: MemberKey): Promise<string[]> {
  const rows = await tx.reviewAssignment.findMany({
    where: { universityId, memberId },
    select: { departmentId: true },
    orderBy: { departmentId: 'asc' },
  })
  return rows.map(({ departmentId }) => departmentId)
}

/** Adds departments to a reviewer's. */
export async function addAssignments(
  tx: Tx,
  { universityId, memberId, departmentIds, now }: MemberKey & { departmentIds: readonly string[]; now: Date },
): Promise<void> {
  await tx.reviewAssignment.createMany({
    data: departmentIds.map((departmentId) => ({ universityId, memberId, departmentId, createdAt: now })),
    skipDuplicates: true,
  })
}

/** Takes departments from a reviewer's. */
export async function removeAssignments(
  tx: Tx,
  { universityId, memberId, departmentIds }: MemberKey & { departmentIds: readonly string[] },
): Promise<void> {
  await tx.reviewAssignment.deleteMany({ where: { universityId, memberId, departmentId: { in: [...departmentIds] } } })
}
