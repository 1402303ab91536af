import { limitAttempts } from '@/lib/db/attempt-counters'
import { listCatalogEntriesFor } from '@/lib/db/catalog-entries'
import { findContributionByAddress, findRepositoryByName } from '@/lib/db/contribution-facts'
import { type JudgementContext, judgeContributions, loadJudgementContext } from '@/lib/db/judgement'
import { findPolicyInForce } from '@/lib/db/policy-versions'
import { type Tx, withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { type CatalogResolution, type CatalogSubject, resolveCatalog } from '@/lib/domain/catalog'
import { judgeContribution, type Reason } from '@/lib/domain/eligibility'
import { AppError } from '@/lib/domain/errors'
import { explainMissing as explainByRules } from '@/lib/domain/missing-contribution'
import { assertCan } from '@/lib/domain/permissions'
import {
  type PlatformBaseUrls,
  type PullRequestAddress,
  parsePullRequestAddress,
} from '@/lib/domain/pull-request-address'
import type { PullRequestSeen } from '@/lib/platforms/port'
import { platformBaseUrls } from '@/lib/platforms/registry'
import { factOfSeen, repositoryOfSeen } from './fact-of-seen'
import { type LookUp, lookUpOnPlatform } from './look-up'
import { explainMissingSchema } from './schema'
import { toContributionView } from './to-view'
import type { MissingExplanation } from './view'

const LIMIT = { limit: 30, windowSeconds: 3600, code: 'too_many_questions' } as const

export type ExplainDeps = { now: Date; lookUp?: LookUp; baseUrls?: PlatformBaseUrls }

/**
 * Why a pull request is not among the actor's contributions, or does not count. The pasted text is read into names and
 * never fetched as an address; stored facts answer first, else the platform is asked by those names.
 * @throws AppError invalid `address_…` for what names no pull request; rate_limited `too_many_questions`
 */
export async function explainMissing(
  actor: MemberActor,
  input: { address: string },
  deps: ExplainDeps = { now: new Date() },
): Promise<MissingExplanation> {
  assertCan(actor, 'contribution.explain', { universityId: actor.universityId, ownerPersonId: actor.personId })
  const { address: text } = explainMissingSchema.parse(input)
  const parsed = parsePullRequestAddress(text, deps.baseUrls ?? platformBaseUrls())
  if (!parsed.ok) throw new AppError('invalid', `address_${parsed.code}`)
  const { address } = parsed
  await limitAttempts({ key: `explain-missing:${actor.personId}`, ...LIMIT }, deps.now)
  const stored = await withScope(actor, (tx) => explainStored(tx, actor, address))
  if (stored) return stored
  const seen = await (deps.lookUp ?? lookUpOnPlatform)(actor.universityId, address)
  return withScope(actor, (tx) =>
    seen.found
      ? explainSeen(tx, { actor, address, pullRequest: seen.pullRequest })
      : explainUnseen(tx, { actor, address, platformFailure: seen.platformFailure }),
  )
}

async function explainStored(
  tx: Tx,
  actor: MemberActor,
  address: PullRequestAddress,
): Promise<MissingExplanation | null> {
  const stored = await findContributionByAddress(tx, address)
  if (stored === null) return null
  const context = await loadContext(tx, actor)
  const [judged] = await judgeContributions(tx, context, { contributions: [stored], forNewClaim: true })
  if (!judged) return null
  return {
    address,
    counts: judged.judgement.eligible,
    reasons: judged.judgement.reasons,
    contribution: toContributionView(judged, context),
    source: 'stored',
    platformFailure: null,
  }
}

type Seen = { actor: MemberActor; address: PullRequestAddress; pullRequest: PullRequestSeen }

/** Read just now: what the rules would say of it, and that no sync brought it yet when they would say yes. */
async function explainSeen(tx: Tx, { actor, address, pullRequest }: Seen): Promise<MissingExplanation> {
  const context = await loadContext(tx, actor)
  const repository = repositoryOfSeen(pullRequest)
  const catalog = await resolve(tx, { platform: address.platform, ...repository })
  const accounts = context.accounts.filter(({ platform }) => platform === address.platform)
  const judgement = judgeContribution(factOfSeen(pullRequest, catalog), {
    catalog,
    policy: context.policy.policy,
    term: null,
    ownPlatformUserIds: accounts.map(({ platformUserId }) => platformUserId),
    canonical: null,
    workUse: null,
    paths: null,
  })
  const blocking = judgement.reasons.filter(({ blocks }) => blocks)
  const linked = accounts.some(({ unlinkedAt }) => unlinkedAt === null)
  const reasons = blocking.length > 0 ? blocking : notSynced(accounts, linked)
  // "Not yours" is no help to somebody who has linked nothing: linking is what to do.
  const told = linked ? reasons : [NO_ACCOUNT, ...reasons.filter(({ code }) => !OF_ACCOUNT.includes(code))]
  return { address, counts: false, reasons: told, contribution: null, source: 'platform', platformFailure: null }
}

const NO_ACCOUNT: Reason = { code: 'no_linked_account', blocks: true, data: {} }
const OF_ACCOUNT: readonly string[] = ['not_yours', 'no_linked_account', 'not_synced_yet']

type Unseen = { actor: MemberActor; address: PullRequestAddress; platformFailure: string | null }

/** Neither kept here nor shown by the platform. */
async function explainUnseen(tx: Tx, { actor, address, platformFailure }: Unseen): Promise<MissingExplanation> {
  const context = await loadContext(tx, actor)
  const accounts = context.accounts.filter(({ platform }) => platform === address.platform)
  const repository = await findRepositoryByName(tx, address)
  const subject: CatalogSubject = {
    platform: address.platform,
    ...(repository ?? {
      platformRepositoryId: '',
      fullName: `${address.owner}/${address.name}`,
      ownerPlatformUserId: null,
      fork: false,
      archived: false,
    }),
  }
  const catalog = await resolve(tx, subject)
  const unknown = repository === null && catalog.status === 'unknown'
  const reasons = explainByRules({
    linked: accounts.some(({ unlinkedAt }) => unlinkedAt === null),
    catalog: unknown ? null : catalog,
    lastFullSyncAt: lastSyncOf(accounts),
  }).reasons
  const answered: Reason = { code: 'not_on_platform', blocks: true, data: { platform: address.platform } }
  return {
    address,
    counts: false,
    reasons:
      platformFailure === null ? [answered, ...reasons.filter(({ code }) => code !== 'not_synced_yet')] : reasons,
    contribution: null,
    source: 'none',
    platformFailure,
  }
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

function notSynced(accounts: readonly Account[], linked: boolean): readonly Reason[] {
  if (!linked) return [NO_ACCOUNT]
  const lastFullSyncAt = lastSyncOf(accounts)?.toISOString() ?? null
  return [{ code: 'not_synced_yet', blocks: true, data: { lastFullSyncAt } }]
}

function lastSyncOf(accounts: readonly Account[]): Date | null {
  const times = accounts.flatMap(({ syncedAt }) => syncedAt?.getTime() ?? [])
  return times.length === 0 ? null : new Date(Math.max(...times))
}
