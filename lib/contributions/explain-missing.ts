import { limitAttempts } from '@/lib/db/attempt-counters'
import { listCatalogEntriesFor } from '@/lib/db/catalog-entries'
import { findContributionByAddress, findRepositoryByName } from '@/lib/db/contribution-facts'
import { type JudgementContext, judgeContributions, loadJudgementContext } from '@/lib/db/judgement'
import { findPolicyInForce } from '@/lib/db/policy-versions'
import { type Tx, withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { type CatalogResolution, type CatalogSubject, resolveCatalog } from '@/lib/domain/catalog'
import { isWrittenBy, type RepositoryFact } from '@/lib/domain/contribution'
import {
  type ContributionAddress,
  type PlatformBaseUrls,
  parseContributionAddress,
} from '@/lib/domain/contribution-address'
import { judgeContribution, type Reason, whyNotAdded } from '@/lib/domain/eligibility'
import { AppError } from '@/lib/domain/errors'
import { explainMissing as explainByRules } from '@/lib/domain/missing-contribution'
import { assertCan } from '@/lib/domain/permissions'
import { contributionReference, type Platform } from '@/lib/domain/platform'
import type { NamedContribution, NamedPlace } from '@/lib/platforms/named-contribution'
import { platformBaseUrls } from '@/lib/platforms/registry'
import { factOfNamed, repositoryOfSeen } from './fact-of-seen'
import { type LookUp, lookUpOnPlatform } from './look-up'
import { explainMissingSchema } from './schema'
import { toContributionView } from './to-view'
import type { MissingExplanation } from './view'

const LIMIT = { limit: 30, windowSeconds: 3600, code: 'too_many_questions' } as const

export type ExplainDeps = { now: Date; lookUp?: LookUp; baseUrls?: PlatformBaseUrls }

/**
 * Why something is not among the actor's contributions, or does not count, and whether it can be added. The pasted text is
 * read into names and never fetched as an address; stored facts answer first, else the platform is asked by those names.
 * @throws AppError invalid `address_…` for what names no contribution; rate_limited `too_many_questions`
 */
export async function explainMissing(
  actor: MemberActor,
  input: { address: string },
  deps: ExplainDeps = { now: new Date() },
): Promise<MissingExplanation> {
  assertCan(actor, 'contribution.explain', { universityId: actor.universityId, ownerPersonId: actor.personId })
  const { address: text } = explainMissingSchema.parse(input)
  const parsed = parseContributionAddress(text, deps.baseUrls ?? platformBaseUrls())
  if (!parsed.ok) throw new AppError('invalid', `address_${parsed.code}`)
  const { address } = parsed
  await limitAttempts({ key: `explain-missing:${actor.personId}`, ...LIMIT }, deps.now)
  const { stored, place } = await withScope(actor, (tx) => readKnown(tx, actor, address))
  // Somebody else's may be one's own as well: the commit that landed it says so.
  if (stored?.isOwn) return stored.explanation
  const seen = await (deps.lookUp ?? lookUpOnPlatform)({ universityId: actor.universityId, address, ...place })
  return withScope(actor, async (tx) => {
    if (seen.found) return explainSeen(tx, { actor, address, named: seen.named })
    const { refused = null, platformFailure } = seen
    if (stored) return { ...stored.explanation, platformFailure }
    return explainUnseen(tx, { actor, address, refused, platformFailure })
  })
}

type Known = {
  stored: { isOwn: boolean; explanation: MissingExplanation } | null
  place: NamedPlace & { ownPlatformUserIds: readonly string[] }
}

/** What is kept here, and what the platform is to be asked with. */
async function readKnown(tx: Tx, actor: MemberActor, address: ContributionAddress): Promise<Known> {
  const context = await loadContext(tx, actor)
  const catalog = await resolve(tx, subjectOf(address, await findRepositoryByName(tx, address)))
  return {
    stored: await explainStored(tx, context, address),
    place: {
      landingRules: catalog.landing,
      acceptedBranches: catalog.acceptedBranches,
      ownPlatformUserIds: idsOn(context, address.platform),
    },
  }
}

async function explainStored(
  tx: Tx,
  context: JudgementContext,
  address: ContributionAddress,
): Promise<Known['stored']> {
  const stored = await findContributionByAddress(tx, address)
  if (stored === null) return null
  const [judged] = await judgeContributions(tx, context, { contributions: [stored], forNewClaim: true })
  if (!judged) return null
  const { fact } = stored
  const explanation: MissingExplanation = {
    address,
    reference: contributionReference({ ...fact, repository: fact.repository.fullName }),
    counts: judged.judgement.eligible,
    canAdd: false,
    reasons: judged.judgement.reasons,
    contribution: toContributionView(judged, context),
    source: 'stored',
    platformFailure: null,
  }
  return { isOwn: isWrittenBy(fact, idsOn(context, fact.platform)), explanation }
}

type Seen = { actor: MemberActor; address: ContributionAddress; named: NamedContribution }

/** Read just now: what the rules would say of it, and that no sync brought it yet when they would say yes. */
async function explainSeen(tx: Tx, { actor, address, named }: Seen): Promise<MissingExplanation> {
  const context = await loadContext(tx, actor)
  const repository = repositoryOfSeen(named.seen)
  const catalog = await resolve(tx, { platform: address.platform, ...repository })
  const accounts = context.accounts.filter(({ platform }) => platform === address.platform)
  const fact = factOfNamed(named, catalog)
  const { reasons } = judgeContribution(fact, {
    catalog,
    policy: context.policy.policy,
    term: null,
    ownPlatformUserIds: idsOn(context, address.platform),
    canonical: null,
    workUse: null,
    paths: null,
  })
  const blocking = reasons.filter(({ blocks }) => blocks)
  const linked = accounts.some(({ unlinkedAt }) => unlinkedAt === null)
  const missing = [...notYetHere(fact.kind, accounts, linked), ...reasons.filter(({ code }) => code === NEEDS)]
  // "Not yours" is no help to somebody who has linked nothing: linking is what to do.
  const said = blocking.length > 0 ? blocking : missing
  const told = linked ? said : [NO_ACCOUNT, ...said.filter(({ code }) => !OF_ACCOUNT.includes(code))]
  return {
    address,
    reference: contributionReference({ ...fact, repository: fact.repository.fullName }),
    counts: false,
    canAdd: linked && whyNotAdded(reasons).length === 0,
    reasons: told,
    contribution: null,
    source: 'platform',
    platformFailure: null,
  }
}

const NEEDS = 'needs_acceptance'
const NO_ACCOUNT: Reason = { code: 'no_linked_account', blocks: true, data: {} }
const OF_ACCOUNT: readonly string[] = ['not_yours', 'no_linked_account', 'not_synced_yet']

/** A sync brings pull requests alone: of anything else it is no answer that none came yet. */
function notYetHere(kind: string, accounts: readonly Account[], linked: boolean): readonly Reason[] {
  if (!linked) return [NO_ACCOUNT]
  if (kind !== 'pull_request') return [{ code: 'not_added_yet', blocks: true, data: { kind } }]
  const lastFullSyncAt = lastSyncOf(accounts)?.toISOString() ?? null
  return [{ code: 'not_synced_yet', blocks: true, data: { lastFullSyncAt } }]
}

type Unseen = {
  actor: MemberActor
  address: ContributionAddress
  refused: Reason | null
  platformFailure: string | null
}

/** Neither kept here nor shown by the platform. */
async function explainUnseen(
  tx: Tx,
  { actor, address, refused, platformFailure }: Unseen,
): Promise<MissingExplanation> {
  const context = await loadContext(tx, actor)
  const accounts = context.accounts.filter(({ platform }) => platform === address.platform)
  const repository = await findRepositoryByName(tx, address)
  const catalog = await resolve(tx, subjectOf(address, repository))
  const unknown = repository === null && catalog.status === 'unknown'
  const reasons = explainByRules({
    linked: accounts.some(({ unlinkedAt }) => unlinkedAt === null),
    catalog: unknown ? null : catalog,
    lastFullSyncAt: lastSyncOf(accounts),
  }).reasons.filter(({ code }) => !isReleased(address) || !OF_CATALOG.includes(code))
  const answered = refused ?? { code: 'not_on_platform', blocks: true, data: { platform: address.platform } }
  return {
    address,
    reference: referenceOf(address),
    counts: false,
    canAdd: false,
    reasons:
      platformFailure === null ? [answered, ...reasons.filter(({ code }) => code !== 'not_synced_yet')] : reasons,
    contribution: null,
    source: refused === null ? 'none' : 'platform',
    platformFailure,
  }
}

/** What the catalog says is of places that one contributes to. */
const OF_CATALOG: readonly string[] = ['repository_unknown', 'not_in_catalog', 'catalog_proposed']

function isReleased({ kind }: ContributionAddress): boolean {
  return kind === 'model' || kind === 'dataset'
}

function referenceOf(address: ContributionAddress): string {
  const { platform, owner, name, kind } = address
  const number = 'number' in address ? address.number : 0
  const ref = 'sha' in address ? address.sha : ''
  return contributionReference({ platform, repository: `${owner}/${name}`, kind, number, ref })
}

/** As far as a name tells, where no repository of that name was seen yet. */
function subjectOf({ platform, owner, name }: ContributionAddress, known: RepositoryFact | null): CatalogSubject {
  const unknown = { platformRepositoryId: '', fullName: `${owner}/${name}`, ownerPlatformUserId: null }
  return { platform, ...(known ?? { ...unknown, fork: false, archived: false }) }
}

async function loadContext(tx: Tx, actor: MemberActor): Promise<JudgementContext> {
  const policy = await findPolicyInForce(tx)
  if (policy === null) throw new AppError('conflict', 'no_policy')
  return loadJudgementContext(tx, { ...actor, term: null, policy })
}

async function resolve(tx: Tx, subject: CatalogSubject): Promise<CatalogResolution> {
  return resolveCatalog(subject, await listCatalogEntriesFor(tx, [subject]))
}

type Account = JudgementContext['accounts'][number]

function idsOn({ accounts }: JudgementContext, platform: Platform): string[] {
  return accounts.filter((account) => account.platform === platform).map(({ platformUserId }) => platformUserId)
}

function lastSyncOf(accounts: readonly Account[]): Date | null {
  const times = accounts.flatMap(({ syncedAt }) => syncedAt?.getTime() ?? [])
  return times.length === 0 ? null : new Date(Math.max(...times))
}
