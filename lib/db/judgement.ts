import { type CatalogResolution, type CatalogSubject, resolveCatalog } from '@/lib/domain/catalog'
import { type ContributionFact, changedLinesOf, isWrittenBy } from '@/lib/domain/contribution'
import { type Agreement, agreedPercent, isAlone } from '@/lib/domain/contribution-shares'
import type { CreditItem, PriorCredits } from '@/lib/domain/credit-calculation'
import { type Judgement, judgeContribution } from '@/lib/domain/eligibility'
import type { Term } from '@/lib/domain/term'
import { listCatalogEntriesFor } from './catalog-entries'
import type { PlatformIdentity, StoredContribution } from './contribution-facts'
import { listAgreements } from './contribution-shares'
import { findJointWorks, type JointWork } from './joint-works'
import { type LinkedAccountRow, listLinkedAccounts } from './linked-accounts'
import { findWorkUses, type WorkUse } from './live-works'
import { findCanonicalCopies, listOwnCopies } from './own-copies'
import type { PolicyVersionRecord } from './policy-versions'
import { loadPriorCredits } from './prior-credits'
import type { Tx } from './scope'
import { findDuplicatesOf } from './works'

/** A published version of the rules, as far as judging reads it. */
export type JudgingPolicy = Pick<PolicyVersionRecord, 'id' | 'version' | 'policy'>

/** What is the same for all contributions of one person that are judged together. */
export type JudgementContext = {
  universityId: string
  personId: string
  memberId: string
  policy: JudgingPolicy
  /** Null judges without the window of a term. */
  term: Term | null
  /** All identities that the person proved; facts of unlinked ones stay theirs, new claims over them are refused. */
  accounts: readonly LinkedAccountRow[]
  /** Empty without a term. */
  prior: PriorCredits
}

type ContextInput = {
  universityId: string
  personId: string
  memberId: string
  term: Term | null
  policy: JudgingPolicy
}

/**
 * Loads what the rules want to know of a person beside the facts. The scope must carry university and person, or works
 * that are claimed at another university are not seen. Prior credits are net of corrections.
 */
export async function loadJudgementContext(tx: Tx, input: ContextInput): Promise<JudgementContext> {
  const accounts = await listLinkedAccounts(tx, input.personId)
  const prior = await loadPriorCredits(tx, { ...input, termId: input.term?.id ?? null })
  return { ...input, accounts, prior }
}

/** A contribution with the rules' word on it. */
export type JudgedContribution = {
  stored: StoredContribution
  catalog: CatalogResolution
  judgement: Judgement
  /** Whether the identity that made it is linked today. */
  accountLinked: boolean
  use: WorkUse | null
  /** What the calculation takes; null where it did not land. */
  item: CreditItem | null
  /** `owner/name#number` of a copy that another live claim holds, found when both were claimed already. */
  duplicateOf: string | null
  /** Logins of the others who have a part in the work; empty where it is whole this person's. */
  sharedWith: readonly string[]
}

type JudgeOptions = {
  /** The claim that is judged: its own hold on the works does not speak against it. */
  exceptClaimId?: string | null
  /** Paths of the changed files where known, by contribution. */
  pathsOf?: ReadonlyMap<string, readonly string[]>
  /** What was made by an identity that is unlinked by now may not be claimed anew; claims that stand go on. */
  forNewClaim?: boolean
}

/** Judges contributions together, in the order given: six queries, and one more where something is joint, whatever their number. */
export async function judgeContributions(
  tx: Tx,
  context: JudgementContext,
  input: { contributions: readonly StoredContribution[] } & JudgeOptions,
): Promise<JudgedContribution[]> {
  const { contributions, exceptClaimId = null } = input
  if (contributions.length === 0) return []
  const workIds = contributions.map(({ fact }) => fact.workId)
  const subjects = contributions.map(({ fact }) => subjectOf(fact))
  const copies = await listOwnCopies(tx, { identities: identitiesOf(context), workIds })
  const entries = await listCatalogEntriesFor(tx, [...subjects, ...copies])
  const uses = await findWorkUses(tx, { ...context, workIds, exceptClaimId })
  const duplicates = await findDuplicatesOf(tx, workIds)
  const joints = await findJointWorks(tx, workIds)
  const agreements = await listAgreements(
    tx,
    [...joints.values()].map(({ contributionId }) => contributionId),
  )
  const canonical = findCanonicalCopies(copies, (subject) => resolveCatalog(subject, entries))
  return contributions.map((stored) => {
    const { fact } = stored
    const catalog = resolveCatalog(subjectOf(fact), entries)
    const use = uses.get(fact.workId) ?? null
    const accountLinked = isLinked(context, fact)
    const own = idsOn(context.accounts, fact.platform)
    const joint = isWrittenBy(fact, own) ? (joints.get(fact.workId) ?? null) : null
    const { sharedWith, ...share } = shareIn(joint, agreements, context.accounts)
    const judged = judgeContribution(fact, {
      catalog,
      policy: context.policy.policy,
      term: context.term,
      ownPlatformUserIds: own,
      ...share,
      canonical: canonical.get(fact.id) ?? null,
      workUse: use,
      paths: input.pathsOf?.get(fact.id) ?? null,
    })
    const judgement = input.forNewClaim && !accountLinked ? withoutAccount(judged) : judged
    const duplicateOf = duplicates.get(fact.workId) ?? null
    const item = toCreditItem(fact, catalog, share.sharePercent ?? undefined)
    return { stored, catalog, judgement, use, accountLinked, item, duplicateOf, sharedWith }
  })
}

type Share = { sharedWith: readonly string[]; sharePercent?: number | null; isClaimedWhole?: boolean }

/** What a person has of a work: a part of what others have a part in too, whichever copy of it is looked at. */
function shareIn(
  joint: JointWork | null,
  agreements: ReadonlyMap<string, Agreement>,
  accounts: readonly LinkedAccountRow[],
): Share {
  if (joint === null) return { sharedWith: [] }
  const { participants, platform, contributionId, wholeByOther: isClaimedWhole } = joint
  const own = idsOn(accounts, platform)
  if (isAlone(participants, own)) return { sharedWith: [] }
  const others = participants.filter(({ platformUserId }) => !own.includes(platformUserId))
  const sharePercent = agreedPercent(agreements.get(contributionId) ?? null, own)
  return { sharedWith: others.map(({ login }) => login), sharePercent, isClaimedWhole }
}

/** The identities of a person on all platforms, unlinked ones too. */
export function identitiesOf(context: Pick<JudgementContext, 'accounts'>): PlatformIdentity[] {
  return context.accounts.map(({ platform, platformUserId }) => ({ platform, platformUserId }))
}

/** What the calculation takes of a judged contribution. */
export function toCreditItem(
  fact: StoredContribution['fact'],
  catalog: Pick<CatalogResolution, 'tier'>,
  sharePercent?: number | undefined,
): CreditItem | null {
  if (fact.landing.landedAt === null) return null
  return {
    contributionId: fact.id,
    workId: fact.workId,
    kind: fact.kind,
    repositoryId: fact.repository.id,
    tier: catalog.tier,
    landedAt: fact.landing.landedAt,
    changedLines: changedLinesOf(fact),
    ...(sharePercent === undefined ? {} : { sharePercent }),
  }
}

/** Somebody else's contribution has a better reason already. */
function withoutAccount(judgement: Judgement): Judgement {
  if (judgement.reasons.some(({ code }) => code === 'not_yours')) return judgement
  return { eligible: false, reasons: [{ code: 'no_linked_account', blocks: true, data: {} }, ...judgement.reasons] }
}

function idsOn(accounts: readonly LinkedAccountRow[], platform: string): string[] {
  return accounts.filter((account) => account.platform === platform).map(({ platformUserId }) => platformUserId)
}

function isLinked(context: JudgementContext, fact: ContributionFact): boolean {
  const linked = context.accounts.filter(({ unlinkedAt }) => unlinkedAt === null)
  return isWrittenBy(fact, idsOn(linked, fact.platform))
}

function subjectOf({ platform, repository }: Pick<ContributionFact, 'platform' | 'repository'>): CatalogSubject {
  return { platform, ...repository }
}
