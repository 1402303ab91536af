import { randomUUID } from 'node:crypto'
import type { Tx } from './scope'

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

/**
 * The work of each contribution: the oldest one that has any of its commits, else its own, else a new one. Copies on other
 * platforms or branches meet here, whichever was seen first. A contribution whose work is in a live claim stays with it:
 * a claim never changes underneath. A handful of queries, whatever the number.
 */
export async function assignWorks(tx: Tx, seekers: readonly WorkSeeker[]): Promise<string[]> {
  const known = await findKnownWorks(tx, seekers.flatMap(shasOf))
  const claimed = await listClaimedWorks(tx, seekers)
  const now = new Date()
  const newWorks: string[] = []
  const newKeys = new Map<string, string>()
  const assigned = seekers.map((seeker) => {
    const shas = shasOf(seeker)
    const found = oldestOf(shas, known)
    const mustStay = seeker.ownWorkId !== null && claimed.has(seeker.ownWorkId)
    const workId = (mustStay ? seeker.ownWorkId : (found?.workId ?? seeker.ownWorkId)) ?? randomUUID()
    if (workId !== seeker.ownWorkId && workId !== found?.workId) newWorks.push(workId)
    for (const sha of shas.filter((one) => FULL_SHA.test(one) && !known.has(one))) {
      known.set(sha, { workId: found?.workId ?? workId, createdAt: found?.createdAt ?? now })
      newKeys.set(sha, found?.workId ?? workId)
    }
    return workId
  })
  await tx.work.createMany({ data: newWorks.map((id) => ({ id })) })
  const isComplete = await addKeys(tx, newKeys)
  return isComplete ? assigned : joinQuicker(tx, seekers, { assigned, newWorks: new Set(newWorks) })
}

/** In order of sha, so that two syncs never wait for each other's. False when another sync was quicker with one of them. */
async function addKeys(tx: Tx, keys: ReadonlyMap<string, string>): Promise<boolean> {
  const data = [...keys]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([value, workId]) => ({ kind: 'commit', value, workId }))
  const { count } = await tx.workKey.createMany({ data, skipDuplicates: true })
  return count === data.length
}

/** The quicker sync's works stand; ours stay empty. */
async function joinQuicker(
  tx: Tx,
  seekers: readonly WorkSeeker[],
  ours: { assigned: readonly string[]; newWorks: ReadonlySet<string> },
): Promise<string[]> {
  const known = await findKnownWorks(tx, seekers.flatMap(shasOf))
  return seekers.map((seeker, index) => {
    const workId = ours.assigned[index] ?? randomUUID()
    return ours.newWorks.has(workId) ? (oldestOf(shasOf(seeker), known)?.workId ?? workId) : workId
  })
}

function shasOf({ commitSha, cherryPickedFrom }: WorkSeeker): string[] {
  return [commitSha, ...cherryPickedFrom].flatMap((sha) => (sha === null ? [] : [sha.toLowerCase()]))
}

function oldestOf(shas: readonly string[], known: ReadonlyMap<string, KnownWork>): KnownWork | null {
  const found = shas.flatMap((sha) => known.get(sha) ?? [])
  return (
    found.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.workId < b.workId ? -1 : 1))[0] ?? null
  )
}

/** By sha; an abbreviated one counts where one commit alone begins so. */
async function findKnownWorks(tx: Tx, shas: readonly string[]): Promise<Map<string, KnownWork>> {
  const known = new Map<string, KnownWork>()
  const full = [...new Set(shas.filter((sha) => FULL_SHA.test(sha)))]
  if (full.length > 0) {
    const rows = await tx.workKey.findMany({ where: { kind: 'commit', value: { in: full } }, include: { work: true } })
    for (const row of rows) known.set(row.value, { workId: row.workId, createdAt: row.work.createdAt })
  }
  for (const short of new Set(shas.filter((sha) => !FULL_SHA.test(sha)))) {
    const where = { kind: 'commit', value: { startsWith: short } }
    const rows = await tx.workKey.findMany({ where, include: { work: true }, take: 2 })
    const [only] = rows
    if (only && rows.length === 1) known.set(short, { workId: only.workId, createdAt: only.work.createdAt })
  }
  return known
}

async function listClaimedWorks(tx: Tx, seekers: readonly WorkSeeker[]): Promise<Set<string>> {
  const own = seekers.flatMap(({ ownWorkId }) => ownWorkId ?? [])
  if (own.length === 0) return new Set()
  const rows = await tx.liveWork.findMany({ where: { workId: { in: own } }, select: { workId: true } })
  return new Set(rows.map(({ workId }) => workId))
}
