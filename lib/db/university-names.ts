import type { Tx } from './scope'

/** Changes what a university is called. */
export async function updateUniversityNames(
  tx: Tx,
  { universityId, nameZh, nameEn }: { universityId: string; nameZh: string; nameEn: string },
): Promise<void> {
  await tx.university.updateMany({ where: { id: universityId }, data: { nameZh, nameEn } })
}
