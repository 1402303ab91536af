import { randomUUID } from 'node:crypto'
import { seal } from '@/lib/config/sealing'
import { limitAttempts } from '@/lib/db/attempt-counters'
import { insertLinkAttempt, linkSealContext } from '@/lib/db/link-attempts'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import type { Platform } from '@/lib/domain/platform'
import { getPlatform, offeredPlatforms } from '@/lib/platforms/registry'
import { callbackAddress } from './callback-address'
import { codeChallengeOf, hashState, newSecret } from './link-secrets'

/** GitHub's codes live as long. */
export const ATTEMPT_MINUTES = 10

/** People try again; machines try without end. */
const ATTEMPTS_A_WINDOW = 12

type Beginning = { platform: Platform; sessionId: string; accountId: string | null }

/**
 * Opens an attempt that only this person can end, in this session, once, within ten minutes.
 * @returns the platform's page of consent
 * @throws AppError not_found `platform_not_offered` where this deployment has no application there
 */
export async function beginAttempt(actor: MemberActor, beginning: Beginning, now: Date): Promise<{ url: string }> {
  const { platform, sessionId, accountId } = beginning
  const { personId, universityId } = actor
  if (!offeredPlatforms().includes(platform)) throw new AppError('not_found', 'platform_not_offered')
  await limitAttempts(
    {
      key: `link:${personId}`,
      limit: ATTEMPTS_A_WINDOW,
      windowSeconds: ATTEMPT_MINUTES * 60,
      code: 'too_many_link_attempts',
    },
    now,
  )
  const id = randomUUID()
  const state = newSecret()
  const verifier = newSecret()
  await withScope({ personId, universityId }, (tx) =>
    insertLinkAttempt(tx, {
      id,
      stateHash: hashState(state),
      personId,
      universityId,
      sessionId,
      platform,
      purpose: accountId === null ? 'link' : 'refresh',
      accountId,
      verifierSealed: seal(verifier, linkSealContext(id, 'verifier')),
      createdAt: now,
      expiresAt: inMinutes(now, ATTEMPT_MINUTES),
    }),
  )
  const codeChallenge = codeChallengeOf(verifier)
  return {
    url: getPlatform(platform).oauth.authorizeUrl({ state, redirectUri: callbackAddress(platform), codeChallenge }),
  }
}

export function inMinutes(now: Date, minutes: number): Date {
  return new Date(now.getTime() + minutes * 60_000)
}
