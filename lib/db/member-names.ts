import type { Tx } from './scope'

/** What members of a university are called, by id; who is not there is not in it. */
export async function findMemberNames(
  tx: Tx,
  { universityId, memberIds }: { universityId: string; memberIds: readonly string[] },
): Promise<Map<string, string>> {
  if (memberIds.length === 0) return new Map()
  const rows = await tx.member.findMany({
    where: { universityId, id: { in: [...new Set(memberIds)] } },
    select: { id: true, name: true },
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}
