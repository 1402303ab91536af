import { listCatalogEntriesFor } from '@/lib/db/catalog-entries'
import { listJointContributionIds } from '@/lib/db/co-authors'
import { findContributionFacts } from '@/lib/db/contribution-facts'
import { listAgreements } from '@/lib/db/contribution-shares'
import { findJointWorks } from '@/lib/db/joint-works'
import { listLinkedAccounts } from '@/lib/db/linked-accounts'
import { withScope } from '@/lib/db/scope'
import { getTimeZone } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { type CatalogSubject, resolveCatalog } from '@/lib/domain/catalog'
import type { ContributionFact } from '@/lib/domain/contribution'
import { lineOf } from '@/lib/domain/contribution-line'
import { answerUntil, canLapse, isAlone, leastOfAbsent } from '@/lib/domain/contribution-shares'
import { assertCan } from '@/lib/domain/permissions'
import { listParticipants } from './own-joint'
import type { JointContribution, JointList } from './view'

/** So many, newest first; who has more has the newest to agree on first. */
const LISTED = 50

/** What the actor wrote with others, and how the parts of each stand. Others are told of by their login alone. */
export async function listJoint(actor: MemberActor, { now } = { now: new Date() }): Promise<JointList> {
  const { universityId, personId } = actor
  assertCan(actor, 'contribution.share', { universityId, ownerPersonId: personId })
  return withScope(actor, async (tx) => {
    const accounts = (await listLinkedAccounts(tx, personId)).filter(({ unlinkedAt }) => unlinkedAt === null)
    const ids = await listJointContributionIds(tx, accounts, LISTED)
    const agreements = await listAgreements(tx, ids)
    const copies = await findContributionFacts(tx, ids)
    const works = await findJointWorks(
      tx,
      copies.map(({ fact }) => fact.workId),
    )
    const entries = await listCatalogEntriesFor(
      tx,
      copies.map(({ fact }) => subjectOf(fact)),
    )
    const items: JointContribution[] = []
    for (const stored of copies) {
      const { fact } = stored
      // One copy of a work decides for all of them.
      if (works.get(fact.workId)?.contributionId !== fact.id) continue
      const agreement = agreements.get(fact.id) ?? null
      const own = accounts.filter(({ platform }) => platform === fact.platform).map((one) => one.platformUserId)
      const participants = await listParticipants(tx, stored)
      if (isAlone(participants, own)) continue
      const parts = participants.map((one) => {
        const share = agreement?.shares.find(({ platformUserId }) => platformUserId === one.platformUserId)
        const isOwn = own.includes(one.platformUserId)
        return { ...one, isOwn, percent: share?.percent ?? null, confirmed: share?.confirmed ?? false }
      })
      items.push({
        ...lineOf(fact),
        tier: resolveCatalog(subjectOf(fact), entries).tier,
        state: agreement?.state ?? null,
        version: agreement?.version ?? 0,
        leastOfAbsent: leastOfAbsent(participants.length),
        answerUntil: agreement?.state === 'proposed' ? answerUntil(agreement) : null,
        canLapse: agreement !== null && canLapse(agreement, { participants, now }),
        awaitsOwn: agreement?.state === 'proposed' && parts.some(({ isOwn, confirmed }) => isOwn && !confirmed),
        parts,
      })
    }
    return { items, timeZone: await getTimeZone(tx, universityId) }
  })
}

function subjectOf({ platform, repository }: Pick<ContributionFact, 'platform' | 'repository'>): CatalogSubject {
  return { platform, ...repository }
}
