import { z } from 'zod'
import { PLATFORMS, type Platform } from '@/lib/domain/platform'
import { database } from './client'
import { Prisma } from './generated/client'
import type { Tx } from './scope'

export const LINK_PURPOSES = ['link', 'refresh'] as const
export type LinkPurpose = (typeof LINK_PURPOSES)[number]

/** What a platform proved; kept only until the person confirms. */
const identitySchema = z.object({
  platformUserId: z.string(),
  nodeId: z.string().nullable(),
  login: z.string(),
  name: z.string().nullable(),
  avatarUrl: z.string().nullable(),
})
export type LinkIdentity = z.infer<typeof identitySchema>

export type NewLinkAttempt = {
  id: string
  stateHash: string
  personId: string
  universityId: string
  sessionId: string
  platform: Platform
  purpose: LinkPurpose
  /** The account that a refresh is for; null when linking. */
  accountId: string | null
  verifierSealed: string
  createdAt: Date
  expiresAt: Date
}

/** What a secret of an attempt is sealed for: it opens for this attempt only. */
export function linkSealContext(attemptId: string, what: 'verifier' | 'token'): string {
  return `link-attempt:${attemptId}:${what}`
}

export async function insertLinkAttempt(tx: Tx, attempt: NewLinkAttempt): Promise<void> {
  await tx.linkAttempt.createMany({ data: attempt })
}

const consumed = z.object({
  id: z.string(),
  purpose: z.enum(LINK_PURPOSES),
  account_id: z.string().nullable(),
  verifier_sealed: z.string(),
})
export type ConsumedAttempt = {
  id: string
  purpose: LinkPurpose
  accountId: string | null
  verifierSealed: string
}

type StateKey = { stateHash: string; personId: string; sessionId: string; platform: Platform; now: Date }

/**
 * Uses a state up, in one statement: of two callbacks with the same state, one gets the attempt and the other null. Null
 * too for another person's or session's state, another platform's, and a late one.
 */
export async function consumeLinkState(tx: Tx, key: StateKey): Promise<ConsumedAttempt | null> {
  const rows = await tx.$queryRaw<unknown[]>`
    with attempt as (
      select id, verifier_sealed from link_attempt
       where state_hash = ${key.stateHash} and person_id = ${key.personId}::uuid for update
    )
    update link_attempt a set consumed_at = ${key.now}, verifier_sealed = null
      from attempt
     where a.id = attempt.id and a.session_id = ${key.sessionId}::uuid and a.platform = ${key.platform}
       and a.consumed_at is null and a.finished_at is null and a.expires_at > ${key.now}
    returning a.id::text, a.purpose, a.account_id::text, attempt.verifier_sealed`
  if (rows[0] === undefined) return null
  const { account_id: accountId, verifier_sealed: verifierSealed, ...row } = consumed.parse(rows[0])
  return { ...row, accountId, verifierSealed }
}

export type RefusedState = { sessionId: string; platform: string; consumedAt: Date | null; expiresAt: Date }

/** Why a state was not taken, as far as it is the person's own; null where it is nobody's or another's. */
export async function findLinkState(
  tx: Tx,
  key: Pick<StateKey, 'stateHash' | 'personId'>,
): Promise<RefusedState | null> {
  return tx.linkAttempt.findFirst({
    where: { stateHash: key.stateHash, personId: key.personId },
    select: { sessionId: true, platform: true, consumedAt: true, expiresAt: true },
  })
}

/** Keeps what the platform proved, until the person confirms or `expiresAt`; false when the attempt ended meanwhile. */
export async function saveProvedIdentity(
  tx: Tx,
  attemptId: string,
  proof: { identity: LinkIdentity; tokenSealed: string; expiresAt: Date },
): Promise<boolean> {
  const { count } = await tx.linkAttempt.updateMany({ where: { id: attemptId, finishedAt: null }, data: proof })
  return count === 1
}

export type PendingAttempt = { id: string; platform: Platform; identity: LinkIdentity; expiresAt: Date }
type OwnAttempt = { attemptId: string; personId: string; sessionId: string; now: Date }

const pending = z.object({ id: z.string(), platform: z.enum(PLATFORMS), identity: identitySchema, expiresAt: z.date() })

/** The identity that waits for the person's word in this session, or null. */
export async function findPendingAttempt(tx: Tx, own: OwnAttempt): Promise<PendingAttempt | null> {
  const row = await tx.linkAttempt.findFirst({
    where: {
      id: own.attemptId,
      personId: own.personId,
      sessionId: own.sessionId,
      purpose: 'link',
      finishedAt: null,
      expiresAt: { gt: own.now },
      tokenSealed: { not: null },
    },
    select: { id: true, platform: true, identity: true, expiresAt: true },
  })
  return row && pending.parse(row)
}

const taken = z.object({ platform: z.enum(PLATFORMS), identity: identitySchema, token_sealed: z.string() })
export type TakenAttempt = { platform: Platform; identity: LinkIdentity; tokenSealed: string }

/** Ends an attempt that waits, and takes its identity and token out of the table; null when there is none (any more). */
export async function takePendingAttempt(tx: Tx, own: OwnAttempt): Promise<TakenAttempt | null> {
  const rows = await tx.$queryRaw<unknown[]>`
    with attempt as (
      select id, identity, token_sealed from link_attempt
       where id = ${own.attemptId}::uuid and person_id = ${own.personId}::uuid for update
    )
    update link_attempt a set finished_at = ${own.now}, token_sealed = null, identity = null
      from attempt
     where a.id = attempt.id and a.session_id = ${own.sessionId}::uuid and a.purpose = 'link'
       and a.finished_at is null and a.expires_at > ${own.now} and a.token_sealed is not null
    returning a.platform, attempt.identity, attempt.token_sealed`
  if (rows[0] === undefined) return null
  const { token_sealed: tokenSealed, ...row } = taken.parse(rows[0])
  return { ...row, tokenSealed }
}

/** Ends an attempt without a result; nothing secret stays in it. */
export async function finishLinkAttempt(tx: Tx, attemptId: string, finishedAt: Date): Promise<void> {
  await tx.linkAttempt.updateMany({
    where: { id: attemptId, finishedAt: null },
    data: { finishedAt, tokenSealed: null, verifierSealed: null, identity: Prisma.DbNull },
  })
}

const expired = z.object({ id: z.string(), platform: z.enum(PLATFORMS), tokenSealed: z.string().nullable() })
export type ExpiredAttempt = z.infer<typeof expired>

/** Empties attempts that ran out, whoever's they were, and hands out what they held. A statement of its own. */
export async function takeExpiredLinkTokens(maxRows: number): Promise<ExpiredAttempt[]> {
  const rows = await database().$queryRaw<unknown[]>`
    select attempt_id::text as id, attempt_platform as platform, attempt_token as "tokenSealed"
      from take_expired_link_tokens(${maxRows}::int)`
  return z.array(expired).parse(rows)
}

/** Deletes attempts that ended a day ago; returns how many. */
export async function deleteOldLinkAttempts(): Promise<number> {
  const rows = await database().$queryRaw<unknown[]>`select attempts::int from forget_old_link_attempts()`
  return z.tuple([z.object({ attempts: z.number() })]).parse(rows)[0].attempts
}
