import type { Tx } from './scope'

/**
 * The universities at which claims hold a contribution, in order. Answered where the scope is nobody's alone: within one,
 * there is none, so that no university learns of another's claims.
 */
export async function listUniversitiesHolding(tx: Tx, contributionId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select holding_university_id::text as id from universities_holding(${contributionId}::uuid)`
  return rows.map(({ id }) => id)
}
