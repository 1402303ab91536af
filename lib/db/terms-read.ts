import type { Term } from '@/lib/domain/term'
import type { Tx } from './scope'

/** A term as screens and rules read it. */
export type TermRow = Term & { code: string; nameZh: string; nameEn: string; closedAt: Date | null }

const select = {
  id: true,
  code: true,
  nameZh: true,
  nameEn: true,
  startsAt: true,
  endsAt: true,
  closedAt: true,
} as const

/** All terms of a university, newest first. A university has a few dozen in its life. */
export async function listAllTerms(tx: Tx, universityId: string): Promise<TermRow[]> {
  return tx.term.findMany({ where: { universityId }, select, orderBy: { startsAt: 'desc' }, take: 200 })
}

/** A term of a university, or null. */
export async function findTerm(tx: Tx, universityId: string, termId: string): Promise<TermRow | null> {
  return tx.term.findUnique({ where: { universityId_id: { universityId, id: termId } }, select })
}

/** Keeps a term as it is, open or closed, until the transaction ends: a claim that is handed in while it is being closed waits. */
export async function holdTerm(tx: Tx, universityId: string, termId: string): Promise<void> {
  await tx.$queryRaw`
    select id from term where university_id = ${universityId}::uuid and id = ${termId}::uuid for share`
}

/** The time zone in which the university's days begin and end. */
export async function getTimeZone(tx: Tx, universityId: string): Promise<string> {
  const { timeZone } = await tx.university.findUniqueOrThrow({
    where: { id: universityId },
    select: { timeZone: true },
  })
  return timeZone
}
