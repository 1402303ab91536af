import { listLinkedAccounts } from '@/lib/db/linked-accounts'
import { findMemberByNumber } from '@/lib/db/members-sign-in'
import { withScope } from '@/lib/db/scope'
import type { OperatorActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { readMemberNumber } from '@/lib/domain/member-number'
import { assertCan } from '@/lib/domain/permissions'
import type { Platform } from '@/lib/domain/platform'
import { requestSync } from './request-sync'

export type RequestedSync = { accountId: string; platform: string; login: string; runId: string; joined: boolean }

/**
 * Asks for a sync of a member's linked accounts, or of those of one platform, with the university's credential.
 * @throws AppError forbidden `break_glass_reason_required`; not_found `member_not_found`, `account_not_found`
 */
export async function requestMemberSync(
  actor: OperatorActor,
  { number, platform }: { number: string; platform: Platform | null },
  deps: { now: Date } = { now: new Date() },
): Promise<RequestedSync[]> {
  const { universityId } = actor
  if (universityId === null) throw new AppError('not_found', 'university_not_found')
  assertCan(actor, 'sync.run', { universityId })
  const { personId, accounts } = await withScope({ universityId }, async (tx) => {
    const member = await findMemberByNumber(tx, { universityId, number: readMemberNumber(number) ?? '' })
    if (member === null) throw new AppError('not_found', 'member_not_found', { number })
    return {
      personId: member.personId,
      accounts: member.personId === null ? [] : await listLinkedAccounts(tx, member.personId),
    }
  })
  const linked = accounts.filter((one) => one.unlinkedAt === null && (platform === null || one.platform === platform))
  if (personId === null || linked.length === 0) throw new AppError('not_found', 'account_not_found', { number })
  const requested: RequestedSync[] = []
  for (const { id: accountId, platform: of, login } of linked) {
    const run = await requestSync(actor, { accountId, personId, trigger: 'operator' }, deps)
    requested.push({ accountId, platform: of, login, ...run })
  }
  return requested
}
