import { type ConsumedAttempt, finishLinkAttempt } from '@/lib/db/link-attempts'
import { findLinkedAccount, refreshAccountNames } from '@/lib/db/linked-accounts'
import { type Tx, withScope } from '@/lib/db/scope'
import { isSyncPaused } from '@/lib/db/sync-pauses'
import type { MemberActor } from '@/lib/domain/actor'
import type { Platform } from '@/lib/domain/platform'
import { queueSyncRun } from '@/lib/queue/queue-sync-run'
import { discardToken } from './discard-token'

type Refresh = {
  attempt: ConsumedAttempt
  proof: { identity: { platformUserId: string; nodeId: string | null; login: string }; token: string }
  platform: Platform
  now: Date
}

/**
 * Hands the token of a renewed sign-in to one sync, when it is of the very account that was to be read.
 * @returns why not, as a reason code; null when the sync is queued
 */
export async function finishRefresh(actor: MemberActor, refresh: Refresh): Promise<string | null> {
  const { personId, universityId } = actor
  const outcome = await withScope({ personId, universityId }, (tx) => queueRefresh(tx, actor, refresh))
  if (outcome.tokenLeft) await discardToken(refresh.platform, refresh.proof.token)
  return outcome.refusal
}

async function queueRefresh(
  tx: Tx,
  actor: MemberActor,
  refresh: Refresh,
): Promise<{ refusal: string | null; tokenLeft: boolean }> {
  const { attempt, proof, platform, now } = refresh
  const account = attempt.accountId === null ? null : await findLinkedAccount(tx, attempt.accountId)
  if (account?.personId !== actor.personId || account.platform !== platform) {
    return { refusal: 'account_not_found', tokenLeft: true }
  }
  if (account.platformUserId !== proof.identity.platformUserId) {
    return { refusal: 'refresh_other_identity', tokenLeft: true }
  }
  if (account.unlinkedAt !== null) return { refusal: 'account_unlinked', tokenLeft: true }
  const { universityId } = actor
  if (await isSyncPaused(tx, { universityId, platform })) return { refusal: 'sync_paused_sign_in', tokenLeft: true }
  await refreshAccountNames(tx, account.id, proof.identity)
  await finishLinkAttempt(tx, attempt.id, now)
  const whose = { accountId: account.id, personId: account.personId, universityId: actor.universityId }
  const order = { ...whose, trigger: 'refresh', token: proof.token, now } as const
  const { tokenLeft } = await queueSyncRun(tx, actor, order)
  return { refusal: null, tokenLeft }
}
