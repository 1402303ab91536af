import { limitAttempts } from '@/lib/db/attempt-counters'
import { findLinkedAccount } from '@/lib/db/linked-accounts'
import { withScope } from '@/lib/db/scope'
import { isSyncPaused } from '@/lib/db/sync-pauses'
import { findOpenSyncRun } from '@/lib/db/sync-runs'
import { findConnection } from '@/lib/db/university-connections'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { CONNECTION_KIND_OF } from '@/lib/platforms/university-credential'
import { queueSyncRun } from '@/lib/queue/queue-sync-run'
import { beginAttempt } from './begin-attempt'

export type RefreshOutcome = { kind: 'queued' } | { kind: 'leave'; url: string }

/**
 * Reads an account anew: at once with the university's credential, else by signing in at the platform once more, since no
 * token is kept. A sync that has not ended is joined.
 * @throws AppError not_found `account_not_found`; conflict `account_unlinked`, `sync_paused`,
 *   `sync_paused_sign_in` (nothing updates by itself afterwards); rate_limited `too_many_refreshes`
 */
export async function refreshAccount(
  actor: MemberActor,
  input: { accountId: string; sessionId: string },
  deps: { now: Date } = { now: new Date() },
): Promise<RefreshOutcome> {
  assertCan(actor, 'account.refresh', { ownerPersonId: actor.personId })
  const { personId, universityId } = actor
  const { now } = deps
  const limit = { key: `refresh:${personId}`, limit: 20, windowSeconds: 3600 }
  await limitAttempts({ ...limit, code: 'too_many_refreshes' }, now)
  const found = await withScope({ personId, universityId }, async (tx) => {
    const account = await findLinkedAccount(tx, input.accountId)
    if (account?.personId !== personId) throw new AppError('not_found', 'account_not_found')
    if (account.unlinkedAt !== null) throw new AppError('conflict', 'account_unlinked')
    const connection = await findConnection(tx, { universityId, kind: CONNECTION_KIND_OF[account.platform] })
    if (await isSyncPaused(tx, { universityId, platform: account.platform }))
      throw new AppError('conflict', connection?.secretSealed ? 'sync_paused' : 'sync_paused_sign_in')
    const underWay = await findOpenSyncRun(tx, account.id)
    if (underWay === null && !connection?.secretSealed) return { account, queued: false }
    const whose = { accountId: account.id, personId, universityId }
    await queueSyncRun(tx, actor, { ...whose, trigger: 'refresh', token: null, now })
    return { account, queued: true }
  })
  if (found.queued) return { kind: 'queued' }
  const { id: accountId, platform } = found.account
  return { kind: 'leave', ...(await beginAttempt(actor, { platform, sessionId: input.sessionId, accountId }, now)) }
}
