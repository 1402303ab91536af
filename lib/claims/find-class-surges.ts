import { listClassItems } from '@/lib/db/class-items'
import type { JudgedContribution } from '@/lib/db/judgement'
import type { Tx } from '@/lib/db/scope'
import { findSurgeLimit } from '@/lib/db/surge-settings'
import { getTimeZone } from '@/lib/db/terms-read'
import { findSurges, type Surge } from '@/lib/domain/surge'

/** A week has at most eight calendar days' worth of instants on either side, whatever the zone. */
const AROUND_MS = 8 * 86_400_000

type Of = { universityId: string; memberId: string; judged: readonly JudgedContribution[] }

/** The surges of the student's class that a claim's contributions are part of, by contribution. */
export async function findClassSurges(tx: Tx, { universityId, memberId, judged }: Of): Promise<Map<string, Surge>> {
  const facts = judged.map(({ stored: { fact } }) => fact)
  if (facts.length === 0) return new Map()
  const opened = facts.map(({ createdAt }) => createdAt.getTime())
  const items = await listClassItems(tx, {
    universityId,
    memberId,
    repositoryIds: [...new Set(facts.map(({ repository }) => repository.id))],
    from: new Date(Math.min(...opened) - AROUND_MS),
    until: new Date(Math.max(...opened) + AROUND_MS),
  })
  const limit = await findSurgeLimit(tx, universityId)
  return findSurges(items, { limit, timeZone: await getTimeZone(tx, universityId) })
}
