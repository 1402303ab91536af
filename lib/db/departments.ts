import { randomUUID } from 'node:crypto'
import type { Tx } from './scope'

export type DepartmentRow = { id: string; name: string }

/** All departments of a university by name; a university has a few dozen. */
export async function listDepartments(tx: Tx, universityId: string): Promise<DepartmentRow[]> {
  return tx.department.findMany({
    where: { universityId },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
    take: 500,
  })
}

/** Adds the departments that are not there yet. */
export async function addDepartments(
  tx: Tx,
  { universityId, names, now }: { universityId: string; names: readonly string[]; now: Date },
): Promise<void> {
  await tx.department.createMany({
    data: names.map((name) => ({ universityId, id: randomUUID(), name, createdAt: now })),
    skipDuplicates: true,
  })
}
