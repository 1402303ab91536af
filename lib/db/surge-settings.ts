import { DEFAULT_SURGE_LIMIT } from '@/lib/domain/surge'
import type { Tx } from './scope'

/** From how many on a class's pull requests to one repository in a week are looked at together. */
export async function findSurgeLimit(tx: Tx, universityId: string): Promise<number> {
  const row = await tx.universitySettings.findUnique({ where: { universityId }, select: { surgeLimit: true } })
  return row?.surgeLimit ?? DEFAULT_SURGE_LIMIT
}

/** Keeps the university's number. */
export async function saveSurgeLimit(
  tx: Tx,
  { universityId, surgeLimit, now }: { universityId: string; surgeLimit: number; now: Date },
): Promise<void> {
  await tx.universitySettings.upsert({
    where: { universityId },
    create: { universityId, surgeLimit, updatedAt: now },
    update: { surgeLimit, updatedAt: now },
  })
}
