import { findContributionFacts, type StoredContribution } from '@/lib/db/contribution-facts'
import { listAnsweringAmong } from '@/lib/db/contribution-shares'
import { listLinkedAccounts } from '@/lib/db/linked-accounts'
import type { Tx } from '@/lib/db/scope'
import { isWrittenBy } from '@/lib/domain/contribution'
import type { Participant } from '@/lib/domain/contribution-shares'
import { AppError } from '@/lib/domain/errors'

/** A joint contribution of the actor's, with everybody who has a part and the accounts that the actor has one by. */
export type OwnJoint = { stored: StoredContribution; participants: Participant[]; by: readonly string[] }

/** @throws AppError not_found `contribution_not_found` for what is not there, is somebody else's, or is nobody's but one's own */
export async function getOwnJoint(tx: Tx, personId: string, contributionId: string): Promise<OwnJoint> {
  const [stored] = await findContributionFacts(tx, [contributionId])
  const accounts = await listLinkedAccounts(tx, personId)
  const platform = stored?.fact.platform
  const own = accounts.filter((one) => one.platform === platform && one.unlinkedAt === null)
  const ids = own.map(({ platformUserId }) => platformUserId)
  if (!stored || stored.fact.coAuthors.length === 0 || !isWrittenBy(stored.fact, ids)) {
    throw new AppError('not_found', 'contribution_not_found')
  }
  const participants = await listParticipants(tx, stored)
  const by = participants.map(({ platformUserId }) => platformUserId).filter((id) => ids.includes(id))
  return { stored, participants, by }
}

/** The author first; an account that is deleted has no part that anybody could have. */
export async function listParticipants(tx: Tx, { fact }: StoredContribution): Promise<Participant[]> {
  const { authorPlatformUserId, authorLogin, coAuthors, platform } = fact
  const author =
    authorPlatformUserId === null ? [] : [{ platformUserId: authorPlatformUserId, login: authorLogin ?? '' }]
  const all = [...author, ...coAuthors]
  const linked = await listAnsweringAmong(
    tx,
    platform,
    all.map(({ platformUserId }) => platformUserId),
  )
  return all.map((one) => ({ ...one, linked: linked.has(one.platformUserId) }))
}
