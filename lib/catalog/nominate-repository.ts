import { randomUUID } from 'node:crypto'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { listCatalogEntriesFor } from '@/lib/db/catalog-entries'
import { countNominationsSince, findOpenNomination, insertNomination } from '@/lib/db/catalog-nominations'
import { findRepositoryByName } from '@/lib/db/contribution-facts'
import { lockKey, type Tx, withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { resolveCatalog } from '@/lib/domain/catalog'
import type { PlatformBaseUrls } from '@/lib/domain/contribution-address'
import { AppError } from '@/lib/domain/errors'
import { NOMINATION_WEEK_DAYS, NOMINATIONS_PER_WEEK } from '@/lib/domain/nomination'
import { assertCan } from '@/lib/domain/permissions'
import { parseRepositoryAddress, type RepositoryAddress } from '@/lib/domain/repository-address'
import { platformBaseUrls } from '@/lib/platforms/registry'
import { enqueue } from '@/lib/queue/enqueue'
import type { NominationInput } from './schema'

const WEEK_MS = NOMINATION_WEEK_DAYS * 86_400_000

type Deps = { now: Date; baseUrls?: PlatformBaseUrls }
export type Nominated = { nominationId: string; duplicateOfId: string | null }

/**
 * Puts a repository forward for the catalog. The pasted text is read into names and never fetched as an address; what the
 * platform says of the repository is read by a job. One more of the same while one is open is pointed to that one: its
 * author is told of the decision as well.
 * @throws AppError invalid `nomination_address_…`; conflict `nomination_counts_already`, `nomination_yours_is_open`;
 *   rate_limited `too_many_nominations`
 */
export async function nominateRepository(actor: MemberActor, input: NominationInput, deps: Deps): Promise<Nominated> {
  const { universityId, memberId } = actor
  assertCan(actor, 'catalog.propose', { universityId })
  const parsed = parseRepositoryAddress(input.address, deps.baseUrls ?? platformBaseUrls())
  if (!parsed.ok) throw new AppError('invalid', `nomination_address_${parsed.code}`)
  const { address } = parsed
  return withScope({ universityId }, async (tx) => {
    // The week's limit holds however many forms one sends at once.
    await lockKey(tx, `nominate:${universityId}:${memberId}`)
    await refuseTooMany(tx, actor, deps.now)
    await refuseWhatCounts(tx, address)
    return insert(tx, { actor, address, why: input.why, now: deps.now })
  })
}

async function refuseTooMany(tx: Tx, { universityId, memberId }: MemberActor, now: Date): Promise<void> {
  const since = new Date(now.getTime() - WEEK_MS)
  const count = await countNominationsSince(tx, { universityId, memberId, since })
  if (count >= NOMINATIONS_PER_WEEK) {
    throw new AppError('rate_limited', 'too_many_nominations', {
      limit: NOMINATIONS_PER_WEEK,
      days: NOMINATION_WEEK_DAYS,
    })
  }
}

async function refuseWhatCounts(tx: Tx, address: RepositoryAddress): Promise<void> {
  const known = await findRepositoryByName(tx, address)
  const subject = {
    platform: address.platform,
    ...(known ?? {
      platformRepositoryId: '',
      fullName: `${address.owner}/${address.name}`,
      ownerPlatformUserId: null,
      fork: false,
      archived: false,
    }),
  }
  const { status } = resolveCatalog(subject, await listCatalogEntriesFor(tx, [subject]))
  if (status === 'opted_out') throw new AppError('conflict', 'nomination_opted_out')
  if (status === 'included') throw new AppError('conflict', 'nomination_counts_already')
}

type Inserting = { actor: MemberActor; address: RepositoryAddress; why: string; now: Date }

async function insert(tx: Tx, { actor, address, why, now }: Inserting): Promise<Nominated> {
  const { universityId, memberId } = actor
  const id = randomUUID()
  const nomination = { universityId, id, memberId, ...address, why, createdAt: now }
  const isOpen = await insertNomination(tx, { ...nomination, duplicateOfId: null })
  const open = isOpen ? null : await findOpenNomination(tx, { universityId, ...address })
  if (open?.memberId === memberId) throw new AppError('conflict', 'nomination_yours_is_open')
  // The open one was decided between the two statements: what is decided is looked at anew.
  if (!isOpen && open === null) throw new AppError('conflict', 'nomination_just_decided')
  if (open !== null) await insertNomination(tx, { ...nomination, duplicateOfId: open.id })
  await recordAuditEvent(tx, {
    actor,
    action: 'catalog.nominated',
    subject: { kind: 'catalog_nomination', id },
    data: { platform: address.platform, fullName: `${address.owner}/${address.name}`, duplicateOfId: open?.id ?? null },
    occurredAt: now,
  })
  if (open === null) await enqueue(tx, 'read-nomination', { universityId, nominationId: id })
  return { nominationId: id, duplicateOfId: open?.id ?? null }
}
