import { z } from 'zod'
import { contributionReference, PLATFORMS } from '@/lib/domain/platform'
import type { Tx } from './scope'
import { uuid7 } from './uuid7'

/** A contribution that looks for its work. */
export type WorkSeeker = {
  /** The work that it has already, or null for a contribution that is new. */
  ownWorkId: string | null
  /** The landed commit, where the platform names it. */
  commitSha: string | null
  /** Commits that it says it was picked from; may be abbreviated. */
  cherryPickedFrom: readonly string[]
}

type KnownWork = { workId: string; createdAt: Date }

const FULL_SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/

/** The works in the order of the seekers, and contributions in live claims whose work turned out to be another's too. */
export type AssignedWorks = { workIds: string[]; duplicates: string[] }

/**
 * The work of each contribution: the one that has any of its commits, else its own, else a new one. Copies on other
 * platforms or branches meet here, whichever was seen first: works that a contribution names together become one. A claim
 * never changes underneath, so it is the claimed work that stays; where several are claimed each keeps its own, and the
 * claims are to be warned. A handful of queries, whatever the number.
 */
export async function assignWorks(tx: Tx, seekers: readonly WorkSeeker[]): Promise<AssignedWorks> {
  const first = await findKnownWorks(tx, seekers.flatMap(shasOf))
  const groups = groupsOf(seekers, first)
  for (const group of groups) await tx.$queryRaw`select unite_works(${group}::uuid[])`
  const known = groups.length === 0 ? first : await findKnownWorks(tx, seekers.flatMap(shasOf))
  const own = await findOwnWorks(tx, seekers, groups)
  const claimed = await listHeldWorks(tx, [...own, ...[...known.values()].map(({ workId }) => workId)])
  const assigned = await placeSeekers(tx, seekers, { own, known, claimed })
  return { workIds: assigned, duplicates: await listHeldDuplicates(tx, groups.flat()) }
}

/**
 * Makes one of works that turned out to be the same; what live claims hold stays, and knows the others.
 * @returns contributions in live claims whose work is another claimed one as well, to be warned of
 */
export async function uniteWorks(tx: Tx, workIds: readonly string[]): Promise<string[]> {
  const ids = [...new Set(workIds)].sort()
  if (ids.length < 2) return []
  await tx.$queryRaw`select unite_works(${ids}::uuid[])`
  return listHeldDuplicates(tx, ids)
}

type Places = { own: readonly (string | null)[]; known: Map<string, KnownWork>; claimed: ReadonlySet<string> }

async function placeSeekers(tx: Tx, seekers: readonly WorkSeeker[], places: Places): Promise<string[]> {
  const { own, known, claimed } = places
  const now = new Date()
  const newWorks: string[] = []
  const newKeys = new Map<string, string>()
  const assigned = seekers.map((seeker, index) => {
    const shas = shasOf(seeker)
    const ownWorkId = own[index] ?? null
    const found = oldestOf(shas, known, claimed)
    const mustStay = ownWorkId !== null && claimed.has(ownWorkId)
    const workId = (mustStay ? ownWorkId : (found?.workId ?? ownWorkId)) ?? uuid7()
    if (workId !== ownWorkId && workId !== found?.workId) newWorks.push(workId)
    for (const sha of shas.filter((one) => FULL_SHA.test(one) && !known.has(one))) {
      known.set(sha, { workId, createdAt: found?.createdAt ?? now })
      newKeys.set(sha, workId)
    }
    return workId
  })
  if (newWorks.length > 0) await tx.$executeRaw`insert into work (id) select unnest(${newWorks}::uuid[])`
  const isComplete = await addKeys(tx, newKeys)
  return isComplete ? assigned : joinQuicker(tx, seekers, { assigned, newWorks: new Set(newWorks) })
}

/** Works that are named together by one contribution, or by several in a chain; in order of id, two or more each. */
function groupsOf(seekers: readonly WorkSeeker[], known: ReadonlyMap<string, KnownWork>): string[][] {
  let groups: Set<string>[] = []
  for (const seeker of seekers) {
    const named = new Set(shasOf(seeker).flatMap((sha) => known.get(sha)?.workId ?? []))
    // A work of its own without a key of its own has nothing that another work could be asked for by.
    if (seeker.ownWorkId !== null && named.size > 0) named.add(seeker.ownWorkId)
    const touching = groups.filter((group) => [...named].some((id) => group.has(id)))
    groups = groups.filter((group) => !touching.includes(group))
    if (named.size > 0) groups.push(new Set([...named, ...touching.flatMap((group) => [...group])]))
  }
  return groups
    .filter(({ size }) => size > 1)
    .map((group) => [...group].sort())
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
}

/** Each seeker's own work as it is now: one that was united with another is gone. */
async function findOwnWorks(
  tx: Tx,
  seekers: readonly WorkSeeker[],
  groups: readonly string[][],
): Promise<(string | null)[]> {
  if (groups.length === 0) return seekers.map(({ ownWorkId }) => ownWorkId)
  const own = seekers.flatMap(({ ownWorkId }) => ownWorkId ?? [])
  const rows = await tx.work.findMany({ where: { id: { in: own } }, select: { id: true } })
  const there = new Set(rows.map(({ id }) => id))
  return seekers.map(({ ownWorkId }) => (ownWorkId !== null && there.has(ownWorkId) ? ownWorkId : null))
}

/** In order of sha, so that two syncs never wait for each other's. False when another sync was quicker with one of them. */
async function addKeys(tx: Tx, keys: ReadonlyMap<string, string>): Promise<boolean> {
  if (keys.size === 0) return true
  const sorted = [...keys].sort(([a], [b]) => (a < b ? -1 : 1))
  const count = await tx.$executeRaw`
    insert into work_key (kind, value, work_id)
    select 'commit', * from unnest(${sorted.map(([value]) => value)}::text[], ${sorted.map(([, workId]) => workId)}::uuid[])
    on conflict do nothing`
  return count === sorted.length
}

/** The quicker sync's works stand; ours stay empty. */
async function joinQuicker(
  tx: Tx,
  seekers: readonly WorkSeeker[],
  ours: { assigned: readonly string[]; newWorks: ReadonlySet<string> },
): Promise<string[]> {
  const known = await findKnownWorks(tx, seekers.flatMap(shasOf))
  const claimed = await listHeldWorks(
    tx,
    [...known.values()].map(({ workId }) => workId),
  )
  return seekers.map((seeker, index) => {
    const workId = ours.assigned[index] ?? uuid7()
    return ours.newWorks.has(workId) ? (oldestOf(shasOf(seeker), known, claimed)?.workId ?? workId) : workId
  })
}

function shasOf({ commitSha, cherryPickedFrom }: WorkSeeker): string[] {
  return [commitSha, ...cherryPickedFrom].flatMap((sha) => (sha === null ? [] : [sha.toLowerCase()]))
}

/** A claimed one before others, then the oldest. */
function oldestOf(
  shas: readonly string[],
  known: ReadonlyMap<string, KnownWork>,
  claimed: ReadonlySet<string>,
): KnownWork | null {
  const found = shas.flatMap((sha) => known.get(sha) ?? [])
  const rank = ({ workId }: KnownWork) => (claimed.has(workId) ? 0 : 1)
  return (
    found.sort(
      (a, b) => rank(a) - rank(b) || a.createdAt.getTime() - b.createdAt.getTime() || (a.workId < b.workId ? -1 : 1),
    )[0] ?? null
  )
}

/** By sha; an abbreviated one counts where one commit alone begins so. */
async function findKnownWorks(tx: Tx, shas: readonly string[]): Promise<Map<string, KnownWork>> {
  const known = new Map<string, KnownWork>()
  const full = [...new Set(shas.filter((sha) => FULL_SHA.test(sha)))]
  if (full.length > 0) {
    // Looked up one by one in the key's index, however many are asked for and whatever the statistics say.
    const rows = await tx.$queryRaw<(KnownWork & { value: string })[]>`
      select k.value, k.work_id::text as "workId", w.created_at as "createdAt"
        from unnest(${full}::text[]) as asked(value)
       cross join lateral (select kind, value, work_id from work_key where value = asked.value offset 0) k
        join work w on w.id = k.work_id
       where k.kind = 'commit'`
    for (const { value, workId, createdAt } of rows) known.set(value, { workId, createdAt })
  }
  for (const short of new Set(shas.filter((sha) => !FULL_SHA.test(sha)))) {
    const where = { kind: 'commit', value: { startsWith: short } }
    const rows = await tx.workKey.findMany({ where, include: { work: true }, take: 2 })
    const [only] = rows
    if (only && rows.length === 1) known.set(short, { workId: only.workId, createdAt: only.work.createdAt })
  }
  return known
}

/** Works in a live claim of anybody at any university. */
async function listHeldWorks(tx: Tx, workIds: readonly (string | null)[]): Promise<Set<string>> {
  const ids = [...new Set(workIds.filter((id) => id !== null))]
  if (ids.length === 0) return new Set()
  const rows = await tx.$queryRaw<{ id: string }[]>`select held_work_id::text as id from held_works(${ids}::uuid[])`
  return new Set(rows.map(({ id }) => id))
}

/** Contributions of works that are held beside another work which is the same. */
async function listHeldDuplicates(tx: Tx, workIds: readonly string[]): Promise<string[]> {
  if (workIds.length === 0) return []
  const rows = await tx.contribution.findMany({
    where: { work: { id: { in: [...workIds] }, duplicateWorkIds: { isEmpty: false } } },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id }) => id)
}

const calledSchema = z.object({
  id: z.string(),
  platform: z.enum(PLATFORMS),
  repository: z.string(),
  kind: z.string(),
  number: z.number(),
  ref: z.string(),
})

/** For works that turned out to be another claimed one as well: how one contribution of that other is called. */
export async function findDuplicatesOf(tx: Tx, workIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<unknown[]>`
    select distinct on (w.id) w.id::text as id, c.platform, r.owner || '/' || r.name as repository, c.kind, c.number, c.ref
      from work w join contribution c on c.work_id = any (w.duplicate_work_ids) join repository r on r.id = c.repository_id
     where w.id = any (${[...new Set(workIds)]}::uuid[]) order by w.id, c.ordered_at, c.id`
  return new Map(
    z
      .array(calledSchema)
      .parse(rows)
      .map(({ id, ...called }) => [id, contributionReference(called)]),
  )
}
