import type { Tx } from './scope'

/** Landed commits of one contribution: its own, and those that it says it was picked from. */
export type WorkKeys = { commitSha: string | null; cherryPickedFrom: readonly string[] }

const FULL_SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/

/**
 * The work that a contribution belongs to: the one that has any of its commits, else a new one. Copies on other platforms
 * or branches meet here, whichever was seen first. Call in order of sha within a transaction.
 * @param ownWorkId the work that it has already, and that gets the commits where none has them
 */
export async function findOrCreateWork(tx: Tx, keys: WorkKeys, ownWorkId?: string): Promise<string> {
  const known = await findWork(tx, keys)
  if (known !== null) {
    await addWorkKeys(tx, known, keys)
    return known
  }
  const id = ownWorkId ?? (await tx.work.create({ data: {} })).id
  await addWorkKeys(tx, id, keys)
  // Another sync may have written the same commit since: its work stands, ours stays empty.
  return (await findWork(tx, keys)) ?? id
}

/** The oldest work that has one of the commits; abbreviated shas count where one commit alone begins so. */
export async function findWork(tx: Tx, keys: WorkKeys): Promise<string | null> {
  const shas = [keys.commitSha, ...keys.cherryPickedFrom].flatMap((sha) => (sha === null ? [] : [sha.toLowerCase()]))
  if (shas.length === 0) return null
  const full = shas.filter((sha) => FULL_SHA.test(sha))
  const rows = await tx.workKey.findMany({
    where: { kind: 'commit', value: { in: full } },
    select: { workId: true, work: { select: { createdAt: true } } },
  })
  for (const short of shas.filter((sha) => !FULL_SHA.test(sha))) {
    const begun = await tx.workKey.findMany({
      where: { kind: 'commit', value: { startsWith: short } },
      select: { workId: true, work: { select: { createdAt: true } } },
      take: 2,
    })
    if (begun.length === 1) rows.push(...begun)
  }
  const oldest = rows.sort(
    (a, b) => a.work.createdAt.getTime() - b.work.createdAt.getTime() || (a.workId < b.workId ? -1 : 1),
  )[0]
  return oldest?.workId ?? null
}

async function addWorkKeys(tx: Tx, workId: string, keys: WorkKeys): Promise<void> {
  const shas = [keys.commitSha, ...keys.cherryPickedFrom]
    .flatMap((sha) => (sha !== null && FULL_SHA.test(sha.toLowerCase()) ? [sha.toLowerCase()] : []))
    .sort()
  const data = [...new Set(shas)].map((value) => ({ kind: 'commit', value, workId }))
  await tx.workKey.createMany({ data, skipDuplicates: true })
}

/** Whether somebody in scope has the work in a live claim: then contributions stay with it. */
export async function isWorkClaimed(tx: Tx, workId: string): Promise<boolean> {
  return (await tx.liveWork.count({ where: { workId } })) > 0
}
