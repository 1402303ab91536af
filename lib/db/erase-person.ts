import { isPlatform, type Platform } from '@/lib/domain/platform'
import type { Pseudonym } from '@/lib/domain/pseudonym'
import { linkSealContext } from './link-attempts'
import type { Tx } from './scope'
import { syncTokenContext } from './sync-runs'

/** A sealed token that is out of the database and waits to be ended at its platform. */
export type TakenToken = { platform: Platform; sealed: string; context: string }

/** Whether the person is somebody at another university too. The scope is the person's. */
export async function isMemberElsewhere(
  tx: Tx,
  { personId, universityId, memberId }: { personId: string; universityId: string; memberId: string },
): Promise<boolean> {
  const others = await tx.member.count({
    where: { personId, erasedAt: null, NOT: { universityId, id: memberId } },
  })
  return others > 0
}

/** Ends the person's syncs and forgets their linkings; the tokens of both leave the database. The scope is the person's. */
export async function takeTokensOfPerson(tx: Tx, personId: string, now: Date): Promise<TakenToken[]> {
  const attempts = await tx.linkAttempt.findMany({ where: { personId } })
  await tx.linkAttempt.deleteMany({ where: { personId } })
  const open = { personId, state: { in: ['queued', 'running', 'waiting'] } }
  const runs = await tx.syncRun.findMany({ where: open, include: { account: { select: { platform: true } } } })
  await tx.syncRun.updateMany({
    where: open,
    data: { state: 'failed', finishedAt: now, tokenSealed: null, retryAt: null },
  })
  return [
    ...attempts.flatMap((one) => taken(one.platform, one.tokenSealed, linkSealContext(one.id, 'token'))),
    ...runs.flatMap((run) => taken(run.account.platform, run.tokenSealed, syncTokenContext(run.id))),
  ]
}

function taken(platform: string, sealed: string | null, context: string): TakenToken[] {
  return sealed !== null && isPlatform(platform) ? [{ platform, sealed, context }] : []
}

/**
 * Unlinks every account and takes its names away. The platform's number of it stays: it says that the identity is taken,
 * and that the evidence of a credit was its owner's. Returns how many accounts there are.
 */
export async function pseudonymizeAccounts(
  tx: Tx,
  { personId, pseudonym, now }: { personId: string; pseudonym: Pseudonym; now: Date },
): Promise<number> {
  await tx.linkedAccount.updateMany({ where: { personId, unlinkedAt: null }, data: { unlinkedAt: now } })
  const named = await tx.linkedAccount.updateMany({
    where: { personId },
    data: { login: pseudonym, nodeId: null, avatarUrl: null },
  })
  return named.count
}

/** The person is nobody who could come back: their preferences go, the row stays for what points at it. */
export async function erasePersonRow(tx: Tx, personId: string, now: Date): Promise<void> {
  await tx.person.updateMany({ where: { id: personId }, data: { erasedAt: now, locale: null, theme: null } })
}
