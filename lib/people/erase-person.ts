import { randomUUID } from 'node:crypto'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { findClaim, holdClaim, updateClaim } from '@/lib/db/claims'
import { withdrawConsents } from '@/lib/db/consents'
import {
  blankNotifications,
  blankWritings,
  deleteSessionsOfMember,
  eraseCreditedStudent,
  findNamedMember,
  forgetInRosters,
  listUnsettledClaims,
  pseudonymizeMember,
} from '@/lib/db/erase-member'
import {
  erasePersonRow,
  isMemberElsewhere,
  pseudonymizeAccounts,
  type TakenToken,
  takeTokensOfPerson,
} from '@/lib/db/erase-person'
import { lockStudentCredits } from '@/lib/db/issue-credit-entry'
import { releaseWorks } from '@/lib/db/live-works'
import { lockMember } from '@/lib/db/members'
import { findMemberByNumber } from '@/lib/db/members-sign-in'
import { setScope, type Tx, withScope } from '@/lib/db/scope'
import type { OperatorActor } from '@/lib/domain/actor'
import { isTerminal } from '@/lib/domain/claim-states'
import { AppError } from '@/lib/domain/errors'
import { readMemberNumber } from '@/lib/domain/member-number'
import { assertCan } from '@/lib/domain/permissions'
import { makePseudonym, type Pseudonym } from '@/lib/domain/pseudonym'
import { queueClassLooks } from '@/lib/queue/queue-class-looks'

export type ErasureReport = {
  pseudonym: Pseudonym
  /** Ledger lines whose particulars are gone; the lines stay. */
  entries: number
  /** Claims that were under way, and are withdrawn. */
  withdrawnClaims: number
  /** Accounts that are unlinked, their names gone. 0 where another membership needs them. */
  accounts: number
  /** False where the person is a member of another university: there, and as a person, they stay. */
  wholePerson: boolean
}

type Input = {
  number: string
  /** Count what would go, and change nothing. */
  dryRun?: boolean
}

/**
 * Erases a person at a university, at their wish: a pseudonym takes the place of who they are, sessions end, claims under
 * way are withdrawn, what they wrote is blanked; with their last membership their accounts are unlinked and lose their
 * names too. What the ledger rests on stays, so that it still verifies (see docs/decisions/0012-erasure-keeps-the-chain.md).
 * It cannot be undone.
 * @returns with the report the tokens that left the database and wait to be ended at their platforms
 * @throws AppError forbidden `break_glass_reason_required`; not_found `member_not_found`; conflict `member_erased`
 */
export async function erasePerson(
  actor: OperatorActor,
  { number, dryRun = false }: Input,
  { now }: { now: Date } = { now: new Date() },
): Promise<{ report: ErasureReport; tokens: readonly TakenToken[] }> {
  const { universityId } = actor
  assertCan(actor, 'person.erase', { universityId })
  if (universityId === null) throw new AppError('not_found', 'university_not_found')
  const tried = new DryRun()
  try {
    return await withScope({ universityId }, async (tx) => {
      const found = await findMemberByNumber(tx, { universityId, number: readMemberNumber(number) ?? '' })
      if (found === null) throw new AppError('not_found', 'member_not_found')
      const done = await erase(tx, { actor, universityId, memberId: found.id, now })
      if (!dryRun) return done
      tried.report = done.report
      throw tried
    })
  } catch (error) {
    if (error === tried && tried.report !== null) return { report: tried.report, tokens: [] }
    throw error
  }
}

/** Takes everything back that was tried. */
class DryRun extends Error {
  report: ErasureReport | null = null
}

type Erasing = { actor: OperatorActor; universityId: string; memberId: string; now: Date }

async function erase(tx: Tx, erasing: Erasing): Promise<{ report: ErasureReport; tokens: TakenToken[] }> {
  const { actor, universityId, memberId, now } = erasing
  const key = { universityId, memberId }
  // An approval under way ends first: it freezes particulars.
  await lockStudentCredits(tx, key)
  const held = await lockMember(tx, key)
  if (held === null) throw new AppError('not_found', 'member_not_found')
  const { personId } = held
  await setScope(tx, { universityId, personId })
  const member = await findNamedMember(tx, key)
  if (member.erasedAt !== null) throw new AppError('conflict', 'member_erased')
  const pseudonym = makePseudonym(randomUUID())
  const withdrawnClaims = await withdrawClaims(tx, erasing)
  const entries = await eraseCreditedStudent(tx, { ...key, pseudonym, now })
  await blankWritings(tx, key)
  await blankNotifications(tx, key)
  await forgetInRosters(tx, universityId, member)
  await deleteSessionsOfMember(tx, key)
  await pseudonymizeMember(tx, { ...key, pseudonym, now })
  const wholePerson = personId === null || !(await isMemberElsewhere(tx, { ...key, personId }))
  const own = personId !== null && wholePerson ? await erasePersonalThings(tx, { personId, pseudonym, now }) : NOTHING
  await recordAuditEvent(tx, {
    actor,
    action: 'member.erased',
    subject: { kind: 'member', id: memberId },
    data: { memberId, entries, withdrawnClaims, accounts: own.accounts, wholePerson },
    occurredAt: now,
  })
  return { report: { pseudonym, entries, withdrawnClaims, accounts: own.accounts, wholePerson }, tokens: own.tokens }
}

const NOTHING = { accounts: 0, tokens: [] }

type Person = { personId: string; pseudonym: Pseudonym; now: Date }

/** What is the person's, and not a university's. */
async function erasePersonalThings(tx: Tx, person: Person): Promise<{ accounts: number; tokens: TakenToken[] }> {
  const { personId, now } = person
  const tokens = await takeTokensOfPerson(tx, personId, now)
  const accounts = await pseudonymizeAccounts(tx, person)
  await withdrawConsents(tx, { personId, kind: 'linking', withdrawnAt: now })
  await erasePersonRow(tx, personId, now)
  return { accounts, tokens }
}

/** Nobody is there any more to answer for a claim. Its works may be claimed again, by whoever made them too. */
async function withdrawClaims(tx: Tx, { actor, universityId, memberId, now }: Erasing): Promise<number> {
  const claimIds = await listUnsettledClaims(tx, { universityId, memberId })
  for (const claimId of claimIds) {
    const key = { universityId, claimId }
    await holdClaim(tx, key)
    const claim = await findClaim(tx, key)
    if (claim === null || isTerminal(claim.state)) continue
    await updateClaim(tx, { ...key, state: claim.state, version: claim.version }, { state: 'withdrawn', now })
    await releaseWorks(tx, key)
    await queueClassLooks(tx, key)
    await recordAuditEvent(tx, {
      actor,
      action: 'claim.withdrawn',
      subject: { kind: 'claim', id: claimId },
      data: { claimId, fromState: claim.state },
      occurredAt: now,
    })
  }
  return claimIds.length
}
