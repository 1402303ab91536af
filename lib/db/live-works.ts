import type { Tx } from './scope'

/** What became of a work in a live claim of its author. The claim is null when it is at another university. */
export type WorkUse = { kind: 'claimed' | 'credited'; claimId: string | null }

type Query = { personId: string; universityId: string; workIds: readonly string[]; exceptClaimId?: string | null }

/**
 * Which of these works are already in a live claim of the person, at any university. The scope must carry the person:
 * without it only the university's own claims are seen.
 */
export async function findWorkUses(tx: Tx, query: Query): Promise<Map<string, WorkUse>> {
  if (query.workIds.length === 0) return new Map()
  // Claims of another university are behind its wall: of them one knows only that they hold the work.
  const rows = await tx.$queryRaw<{ workId: string; claimId: string | null; credited: boolean }[]>`
    select w.work_id::text as "workId", c.id::text as "claimId", coalesce(c.state = 'approved', false) as credited
      from live_work w
      left join claim c on c.university_id = w.university_id and c.id = w.claim_id
           and c.university_id = ${query.universityId}::uuid
     where w.person_id = ${query.personId}::uuid and w.work_id = any(${[...new Set(query.workIds)]}::uuid[])
       and w.claim_id is distinct from ${query.exceptClaimId ?? null}::uuid`
  return new Map(
    rows.map(({ workId, claimId, credited }) => [workId, { kind: credited ? 'credited' : 'claimed', claimId }]),
  )
}

type Reservation = { personId: string; universityId: string; claimId: string; workIds: readonly string[] }

/**
 * Reserves the works of a claim, letting go of those it no longer holds. Of two claims that reach for one work at once
 * the second waits for the first and then finds it taken.
 * @returns works that another live claim holds; when there are any, the caller must roll back
 */
export async function reserveWorks(tx: Tx, reservation: Reservation): Promise<string[]> {
  const { personId, universityId, claimId } = reservation
  // One order for all: two claims over the same works never wait for each other.
  const workIds = [...new Set(reservation.workIds)].sort()
  await tx.liveWork.deleteMany({ where: { universityId, claimId, workId: { notIn: workIds } } })
  await tx.$executeRaw`
    insert into live_work (person_id, work_id, university_id, claim_id)
    select ${personId}::uuid, w, ${universityId}::uuid, ${claimId}::uuid
      from unnest(${workIds}::uuid[]) with ordinality as works(w, position) order by position
    on conflict do nothing`
  const held = await tx.liveWork.findMany({ where: { universityId, claimId }, select: { workId: true } })
  const heldIds = new Set(held.map(({ workId }) => workId))
  return workIds.filter((workId) => !heldIds.has(workId))
}

/** Lets go of all works of a claim. */
export async function releaseWorks(tx: Tx, claim: { universityId: string; claimId: string }): Promise<void> {
  await tx.liveWork.deleteMany({ where: claim })
}
