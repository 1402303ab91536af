import { z } from 'zod'
import { type Agreement, SHARE_STATES } from '@/lib/domain/contribution-shares'
import type { NotificationCode, NotificationData } from '@/lib/domain/notification'
import type { Platform } from '@/lib/domain/platform'
import { oneOf } from './one-of'
import type { Tx } from './scope'

/** What is agreed on, by contribution; only of those that the person in scope has a part in. */
export async function listAgreements(tx: Tx, contributionIds: readonly string[]): Promise<Map<string, Agreement>> {
  if (contributionIds.length === 0) return new Map()
  const rows = await tx.shareAgreement.findMany({
    where: { contributionId: { in: [...contributionIds] } },
    include: { shares: { orderBy: { platformUserId: 'asc' } } },
  })
  return new Map(
    rows.map(({ contributionId, state, version, shares, proposedAt }) => [
      contributionId,
      {
        state: oneOf(SHARE_STATES, state),
        version,
        proposedAt,
        shares: shares.map(({ platformUserId, percent, confirmed }) => ({ platformUserId, percent, confirmed })),
      },
    ]),
  )
}

/** Writes the next standing; the caller holds the contribution's lock and read the one before. */
export async function saveAgreement(
  tx: Tx,
  { contributionId, agreement, by, now }: { contributionId: string; agreement: Agreement; by: string; now: Date },
): Promise<void> {
  const { state, version, shares, proposedAt } = agreement
  // Locked last: from then on nothing of it can be written.
  const open = { state: state === 'locked' ? 'proposed' : state, version, proposedAt, changedAt: now }
  await tx.shareAgreement.upsert({
    where: { contributionId },
    create: { contributionId, proposedBy: by, ...open },
    update: { ...open, ...(shares.some((share) => share.confirmed) ? {} : { proposedBy: by }) },
  })
  await tx.contributionShare.deleteMany({ where: { contributionId } })
  await tx.contributionShare.createMany({ data: shares.map((share) => ({ contributionId, ...share })) })
  if (state === 'locked') await tx.shareAgreement.update({ where: { contributionId }, data: { state } })
}

/** Which of some accounts somebody has linked who can answer: that, and not who it is. */
export async function listAnsweringAmong(tx: Tx, platform: Platform, userIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<unknown[]>`
    select answering_user_id as id from answering_identities(${platform}, ${[...userIds]}::text[])`
  return new Set(
    z
      .array(z.object({ id: z.string() }))
      .parse(rows)
      .map(({ id }) => id),
  )
}

type SharesCode = Extract<NotificationCode, `shares_${string}`>

/** Tells everybody else who has a part, at whatever university. */
export async function tellCoAuthors<C extends SharesCode>(
  tx: Tx,
  { contributionId, code, data, now }: { contributionId: string; code: C; data: NotificationData<C>; now: Date },
): Promise<void> {
  await tx.$queryRaw`
    select tell_co_authors(${contributionId}::uuid, ${code}, ${JSON.stringify(data)}::jsonb, ${now}::timestamptz)`
}
