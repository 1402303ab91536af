import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import type { Platform } from '@/lib/domain/platform'
import { beginAttempt } from './begin-attempt'
import { LINKING_CONSENT_VERSION } from './consent'

export type StartLinkInput = {
  platform: Platform
  sessionId: string
  /** Version of the text that was shown; what it says is agreed to for good only at the confirmation. */
  consentVersion: number
}

/**
 * Leaves for a platform, to prove who one is there.
 * @throws AppError conflict `consent_text_changed`; rate_limited `too_many_link_attempts`; not_found `platform_not_offered`
 */
export async function startLink(
  actor: MemberActor,
  input: StartLinkInput,
  deps: { now: Date } = { now: new Date() },
): Promise<{ url: string }> {
  assertCan(actor, 'account.link')
  if (input.consentVersion !== LINKING_CONSENT_VERSION) throw new AppError('conflict', 'consent_text_changed')
  const { platform, sessionId } = input
  return beginAttempt(actor, { platform, sessionId, accountId: null }, deps.now)
}
