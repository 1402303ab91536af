import { limitAttempts } from '@/lib/db/attempt-counters'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { listCatalogEntriesFor } from '@/lib/db/catalog-entries'
import { findContributionByAddress, findContributionFacts, findRepositoryByName } from '@/lib/db/contribution-facts'
import { judgeContributions, loadJudgementContext } from '@/lib/db/judgement'
import { listLinkedAccounts } from '@/lib/db/linked-accounts'
import { findPolicyInForce } from '@/lib/db/policy-versions'
import { lockKey, type Tx, withScope } from '@/lib/db/scope'
import { isSyncPaused } from '@/lib/db/sync-pauses'
import type { MemberActor } from '@/lib/domain/actor'
import { resolveCatalog } from '@/lib/domain/catalog'
import { isWrittenBy } from '@/lib/domain/contribution'
import {
  type ContributionAddress,
  type PlatformBaseUrls,
  parseContributionAddress,
} from '@/lib/domain/contribution-address'
import { type ReasonCode, whyNotAdded } from '@/lib/domain/eligibility'
import { AppError, type ReasonData } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { type NamedCall, readNamed } from '@/lib/platforms/named-contribution'
import { isPlatformError } from '@/lib/platforms/platform-error'
import type { Credential, PlatformPort } from '@/lib/platforms/port'
import { createPlatforms, type Platforms, platformBaseUrls } from '@/lib/platforms/registry'
import { enqueue } from '@/lib/queue/enqueue'
import { completePulls } from './complete-pulls'
import { openUniversityCredential } from './open-credential'
import { type ToWrite, writeNamed } from './write-named'

const LIMIT = { limit: 20, windowSeconds: 3600, code: 'too_many_additions' } as const
const TIMEOUT_MS = 12_000

export type AddDeps = { now: Date; platforms?: Platforms; baseUrls?: PlatformBaseUrls }
/** `added` is false where it was there already. */
export type AddedContribution = { contributionId: string; added: boolean }

/**
 * Adds what a person names by its address and a harvest missed: a pull request, a commit, a review, a model, a dataset. The
 * text is read into names and never fetched; the platform is asked with the university's own credential, as nights do. What
 * is there already is said to be. Counted or not, it is kept, unless it is not theirs, has not landed, or the catalog leaves
 * it out: then nothing is written.
 * @throws AppError invalid `address_…`; rate_limited `too_many_additions`; conflict `not_added` {reason}, `no_policy`,
 *   `sync_paused`; unavailable `platform_failed` {failure}
 */
export async function addContribution(
  actor: MemberActor,
  input: { address: string },
  deps: AddDeps = { now: new Date() },
): Promise<AddedContribution> {
  const { universityId, personId } = actor
  assertCan(actor, 'contribution.add', { universityId, ownerPersonId: personId })
  const parsed = parseContributionAddress(input.address, deps.baseUrls ?? platformBaseUrls())
  if (!parsed.ok) throw new AppError('invalid', `address_${parsed.code}`)
  const { address } = parsed
  await limitAttempts({ key: `add-contribution:${personId}`, ...LIMIT }, deps.now)
  const known = await withScope(actor, (tx) => readKnown(tx, actor, address))
  if (known.storedId !== null) return { contributionId: known.storedId, added: false }
  if (known.isPaused) throw new AppError('conflict', 'sync_paused')
  const toWrite = await readWhole(actor, { address, place: known.place, deps })
  return withScope(actor, (tx) => write(tx, actor, { toWrite, now: deps.now }))
}

type Place = Pick<NamedCall, 'landingRules' | 'acceptedBranches' | 'ownPlatformUserIds'>

/** What is there of one's own already, and what the platform is to be asked with. */
async function readKnown(
  tx: Tx,
  { universityId, personId }: MemberActor,
  address: ContributionAddress,
): Promise<{ storedId: string | null; isPaused: boolean; place: Place }> {
  const accounts = await listLinkedAccounts(tx, personId)
  const linked = accounts.filter(({ platform, unlinkedAt }) => platform === address.platform && unlinkedAt === null)
  if (linked.length === 0) throw notAdded('no_linked_account')
  const ownPlatformUserIds = linked.map(({ platformUserId }) => platformUserId)
  const { platform, owner, name } = address
  const known = (await findRepositoryByName(tx, address)) ?? {
    platformRepositoryId: '',
    fullName: `${owner}/${name}`,
    ownerPlatformUserId: null,
    fork: false,
    archived: false,
  }
  const subject = { platform, ...known }
  const { landing: landingRules, acceptedBranches } = resolveCatalog(
    subject,
    await listCatalogEntriesFor(tx, [subject]),
  )
  const stored = await findContributionByAddress(tx, address)
  const isOwn = stored !== null && isWrittenBy(stored.fact, ownPlatformUserIds)
  const isPaused = await isSyncPaused(tx, { universityId, platform })
  return {
    storedId: isOwn ? stored.fact.id : null,
    isPaused,
    place: { landingRules, acceptedBranches, ownPlatformUserIds },
  }
}

type Reading = { address: ContributionAddress; place: Place; deps: AddDeps }

/** Outside any transaction: all that the platform tells. */
async function readWhole({ universityId }: MemberActor, { address, place, deps }: Reading): Promise<ToWrite> {
  const port = (deps.platforms ?? createPlatforms())[address.platform]
  try {
    const credential = await openUniversityCredential(universityId, address.platform)
    return await readFrom(port, address, { ...place, credential, signal: AbortSignal.timeout(TIMEOUT_MS) })
  } catch (error) {
    if (isPlatformError(error, 'not_found')) throw notAdded('not_on_platform')
    if (isPlatformError(error)) throw new AppError('unavailable', 'platform_failed', { failure: error.kind })
    if (error instanceof DOMException) throw new AppError('unavailable', 'platform_failed', { failure: 'unavailable' })
    throw error
  }
}

async function readFrom(
  platform: PlatformPort,
  address: ContributionAddress,
  call: NamedCall & { signal: AbortSignal; credential: Credential },
): Promise<ToWrite> {
  const result = await readNamed(platform, address, call)
  if ('refused' in result) throw notAdded(result.refused.code, result.refused.data)
  const named = result.found
  if (named === null) throw notAdded('not_on_platform')
  const { landingRules, credential, signal } = call
  const pull = { pullRequest: named.seen, landingRules }
  const [completed = null] =
    named.kind === 'pull_request' ? await completePulls({ platform, credential, signal }, [pull]) : []
  return { named, completed, landingRules }
}

/** All or nothing: what the rules of adding refuse is not kept. */
async function write(
  tx: Tx,
  actor: MemberActor,
  { toWrite, now }: { toWrite: ToWrite; now: Date },
): Promise<AddedContribution> {
  const { universityId, personId } = actor
  const { platform, repository, number } = toWrite.named.seen
  // Sent twice at once, the second finds what the first wrote.
  await lockKey(tx, `add-contribution:${platform}:${repository.platformRepositoryId}:${number}:${toWrite.named.ref}`)
  const policy = await findPolicyInForce(tx)
  if (policy === null) throw new AppError('conflict', 'no_policy')
  const context = await loadJudgementContext(tx, { ...actor, term: null, policy })
  const own = context.accounts.filter((one) => one.platform === platform).map(({ platformUserId }) => platformUserId)
  const { contributionId, before } = await writeNamed(tx, toWrite, now)
  const contributions = await findContributionFacts(tx, [contributionId])
  const [judged] = await judgeContributions(tx, context, { contributions, forNewClaim: true })
  const [reason] = whyNotAdded(judged?.judgement.reasons ?? [])
  if (reason) throw notAdded(reason.code, reason.data)
  const added = before === null || !isWrittenBy(before, own)
  if (!added) return { contributionId, added }
  const { kind } = toWrite.named
  await recordAuditEvent(tx, {
    actor,
    action: 'contribution.added',
    subject: { kind: 'contribution', id: contributionId },
    data: { contributionId, platform, kind, fullName: `${repository.owner}/${repository.name}`, number },
    occurredAt: now,
  })
  // The same change may stand here already under another name: by its patch, when it is read next.
  await enqueue(tx, 'find-copies', { universityId, personId })
  return { contributionId, added }
}

function notAdded(reason: ReasonCode, data: ReasonData = {}): AppError {
  return new AppError('conflict', 'not_added', { ...data, reason })
}
