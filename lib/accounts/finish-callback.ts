import { open, seal } from '@/lib/config/sealing'
import { limitAttempts } from '@/lib/db/attempt-counters'
import {
  type ConsumedAttempt,
  consumeLinkState,
  findLinkState,
  linkSealContext,
  saveProvedIdentity,
} from '@/lib/db/link-attempts'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError, type ErrorKind } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import type { Platform } from '@/lib/domain/platform'
import { isPlatformError, type PlatformError } from '@/lib/platforms/platform-error'
import type { ProvedIdentity } from '@/lib/platforms/port'
import { getPlatform } from '@/lib/platforms/registry'
import { ATTEMPT_MINUTES, inMinutes } from './begin-attempt'
import { callbackAddress } from './callback-address'
import { discardToken } from './discard-token'
import { finishRefresh } from './finish-refresh'
import { hashState } from './link-secrets'
import { refuseLink } from './refuse-link'

export type CallbackInput = {
  platform: Platform
  sessionId: string
  state: string | undefined
  code: string | undefined
  error: string | undefined
}

/** `confirm`: the identity is proved and waits for the person's word. `refreshed`: it was linked before and is being read. */
export type CallbackOutcome = { kind: 'confirm'; attemptId: string } | { kind: 'refreshed' }

/**
 * What a platform sends the browser back with. The state is used up first, whatever comes of it; then the code proves an
 * identity. A refusal leaves nothing but an audit event, and no token anywhere.
 * @throws AppError with a code of the group `accounts.errors`
 */
export async function finishCallback(
  actor: MemberActor,
  input: CallbackInput,
  deps: { now: Date } = { now: new Date() },
): Promise<CallbackOutcome> {
  assertCan(actor, 'account.link')
  const { now } = deps
  const limit = { key: `link-callback:${actor.personId}`, limit: 30, windowSeconds: 600 }
  await limitAttempts({ ...limit, code: 'too_many_link_attempts' }, now)
  const attempt = await consumeState(actor, input, now)
  const refuse = (kind: ErrorKind, code: string) =>
    refuseLink(actor, { platform: input.platform, code, kind, attemptId: attempt.id, now })
  if (input.error === 'access_denied') throw await refuse('invalid', 'link_denied')
  if (input.error !== undefined || input.code === undefined) throw await refuse('unavailable', 'link_platform_refused')
  const proof = await proveIdentity(input.platform, { code: input.code, attempt }).catch((error: unknown) => error)
  if (isPlatformError(proof)) throw await refuse(...refusalOf(proof))
  if (!isProof(proof)) throw proof
  if (attempt.purpose === 'refresh') {
    const code = await finishRefresh(actor, { attempt, proof, platform: input.platform, now })
    if (code !== null) throw await refuse('conflict', code)
    return { kind: 'refreshed' }
  }
  return keepProof(actor, { attempt, proof, platform: input.platform, now })
}

export type Proof = { identity: ProvedIdentity; token: string }

async function consumeState(actor: MemberActor, input: CallbackInput, now: Date): Promise<ConsumedAttempt> {
  const { platform, sessionId, state } = input
  const { personId, universityId } = actor
  const key = { stateHash: hashState(state ?? ''), personId }
  const found = await withScope({ personId, universityId }, async (tx) => {
    const attempt = await consumeLinkState(tx, { ...key, sessionId, platform, now })
    return { attempt, refused: attempt === null ? await findLinkState(tx, key) : null }
  })
  if (found.attempt !== null) return found.attempt
  throw await refuseLink(actor, { platform, kind: 'invalid', code: codeOf(found.refused, input), now })
}

/** Somebody else's state is as good as none: whose it is, is not told. */
function codeOf(refused: Awaited<ReturnType<typeof findLinkState>>, input: CallbackInput): string {
  if (refused === null) return 'link_state_unknown'
  if (refused.sessionId !== input.sessionId) return 'link_other_session'
  if (refused.platform !== input.platform) return 'link_other_platform'
  return refused.consumedAt === null ? 'link_expired' : 'link_state_used'
}

/** A token that proves nobody is of no use: it is ended at once. */
async function proveIdentity(platform: Platform, given: { code: string; attempt: ConsumedAttempt }): Promise<Proof> {
  const { oauth } = getPlatform(platform)
  const codeVerifier = open(given.attempt.verifierSealed, linkSealContext(given.attempt.id, 'verifier'))
  const redirectUri = callbackAddress(platform)
  const { token } = await oauth.exchangeCode({ code: given.code, redirectUri, codeVerifier })
  try {
    return { identity: await oauth.whoAmI(token), token }
  } catch (error) {
    await discardToken(platform, token)
    throw error
  }
}

function isProof(value: unknown): value is Proof {
  return typeof value === 'object' && value !== null && 'identity' in value && 'token' in value
}

const REFUSALS = {
  sign_in_expired: ['invalid', 'link_code_refused'],
  rate_limited: ['unavailable', 'link_platform_busy'],
  unavailable: ['unavailable', 'link_platform_down'],
  not_found: ['unavailable', 'link_platform_unexpected'],
  unexpected_answer: ['unavailable', 'link_platform_unexpected'],
} as const satisfies Record<PlatformError['kind'], readonly [ErrorKind, string]>

function refusalOf(error: PlatformError): readonly [ErrorKind, string] {
  return REFUSALS[error.kind]
}

type Kept = { attempt: ConsumedAttempt; proof: Proof; platform: Platform; now: Date }

async function keepProof(actor: MemberActor, { attempt, proof, platform, now }: Kept): Promise<CallbackOutcome> {
  const { personId, universityId } = actor
  const { identity, token } = proof
  const kept = await withScope({ personId, universityId }, (tx) =>
    saveProvedIdentity(tx, attempt.id, {
      identity,
      tokenSealed: seal(token, linkSealContext(attempt.id, 'token')),
      expiresAt: inMinutes(now, ATTEMPT_MINUTES),
    }),
  )
  if (kept) return { kind: 'confirm', attemptId: attempt.id }
  await discardToken(platform, token)
  throw new AppError('conflict', 'link_expired')
}
