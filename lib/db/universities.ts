import type { Tx } from './scope'

/** What anybody may know of a university: its names, to choose it at the sign-in. */
export type UniversityName = { id: string; slug: string; nameZh: string; nameEn: string; timeZone: string }

const FIELDS = { id: true, slug: true, nameZh: true, nameEn: true, timeZone: true }

/** All universities of the deployment, by slug; they are few. */
export async function listUniversities(tx: Tx): Promise<UniversityName[]> {
  return tx.university.findMany({ select: FIELDS, orderBy: { slug: 'asc' } })
}

/** The university with a slug, or null. */
export async function findUniversityBySlug(tx: Tx, slug: string): Promise<UniversityName | null> {
  return tx.university.findUnique({ where: { slug }, select: FIELDS })
}

/** The university with an id, or null. */
export async function findUniversity(tx: Tx, id: string): Promise<UniversityName | null> {
  return tx.university.findUnique({ where: { id }, select: FIELDS })
}

/** Adds a university; the scope is the new university's own. */
export async function insertUniversity(tx: Tx, university: UniversityName & { createdAt: Date }): Promise<void> {
  await tx.university.createMany({ data: university })
}
