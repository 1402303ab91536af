import type { CoAuthor } from './contribution'

/** Who has a part in a contribution: the author first. `linked` is whether somebody proved to be that account, and can answer. */
export type Participant = CoAuthor & { linked: boolean }

export type Share = { platformUserId: string; percent: number; confirmed: boolean }

export const SHARE_STATES = ['proposed', 'refused', 'locked'] as const
export type ShareState = (typeof SHARE_STATES)[number]

/** How the parts of a joint contribution stand; `version` moves with every step, 0 is before any. */
export type Agreement = { state: ShareState; version: number; shares: readonly Share[]; proposedAt: Date }

/** What one person does who has a part, by all their accounts together. Each step names the version that was read. */
export type ShareStep = { by: readonly string[]; version: number } & (
  | { kind: 'propose'; percents: Readonly<Record<string, number>> }
  | { kind: 'confirm' | 'refuse' }
)

export const SHARE_REFUSALS = [
  'shares_not_joint',
  'shares_not_yours',
  'shares_changed',
  'shares_locked',
  'shares_nothing_proposed',
  'shares_incomplete',
  'shares_not_hundred',
  'shares_absent_short',
  'shares_claimed_whole',
] as const
export type ShareRefusal = (typeof SHARE_REFUSALS)[number]
export type ShareResult = { ok: true; agreement: Agreement } | { ok: false; code: ShareRefusal; least?: number }

/** So long one has to say no to what was proposed. */
export const DAYS_TO_ANSWER = 30

/** Until when the others may answer; from then on silence counts as a yes, see {@link canLapse}. */
export function answerUntil({ proposedAt }: Pick<Agreement, 'proposedAt'>): Date {
  return new Date(proposedAt.getTime() + DAYS_TO_ANSWER * 86_400_000)
}

/** Who is not here to say no keeps at least an equal part. */
export function leastOfAbsent(participants: number): number {
  return Math.floor(100 / participants)
}

/**
 * The next standing of the parts of a joint contribution. A proposal is its author's yes and nobody else's; any other
 * proposal starts anew. Once everybody who is linked has said yes it is locked, and never changes. Whoever is not linked
 * keeps a part that nobody has taken: it is theirs when they come. Whoever is linked and silent is waited for for
 * {@link DAYS_TO_ANSWER}: after that a yes of anybody else, also one that was given before, locks it.
 */
export function nextAgreement(
  before: Agreement | null,
  step: ShareStep,
  { participants, now }: { participants: readonly Participant[]; now: Date },
): ShareResult {
  if (participants.length < 2 || isAlone(participants, step.by)) return { ok: false, code: 'shares_not_joint' }
  if (!participants.some(({ linked, platformUserId }) => linked && step.by.includes(platformUserId)))
    return { ok: false, code: 'shares_not_yours' }
  if (before?.state === 'locked') return { ok: false, code: 'shares_locked' }
  if ((before?.version ?? 0) !== step.version) return { ok: false, code: 'shares_changed' }
  const version = step.version + 1
  if (step.kind === 'propose') {
    const shares = sharesOf(step.percents, { participants, by: step.by })
    return Array.isArray(shares) ? settle({ version, shares, proposedAt: now }, participants) : shares
  }
  if (before?.state !== 'proposed') return { ok: false, code: 'shares_nothing_proposed' }
  const { proposedAt } = before
  if (step.kind === 'refuse') {
    const shares = before.shares.map((share) => ({ ...share, confirmed: false }))
    return { ok: true, agreement: { state: 'refused', version, shares, proposedAt } }
  }
  const shares = before.shares.map((share) =>
    step.by.includes(share.platformUserId) ? { ...share, confirmed: true } : share,
  )
  if (canLapse({ ...before, shares }, { participants, now })) {
    return { ok: true, agreement: { state: 'locked', version, shares, proposedAt } }
  }
  const isSaidAgain = shares.every((share, index) => share.confirmed === before.shares[index]?.confirmed)
  if (isSaidAgain) return { ok: false, code: 'shares_nothing_proposed' }
  return settle({ version, shares, proposedAt }, participants)
}

/** Whether a proposal is as good as agreed on: the time to answer is over, and who is silent keeps at least an equal part. */
export function canLapse(
  agreement: Agreement,
  { participants, now }: { participants: readonly Participant[]; now: Date },
): boolean {
  if (agreement.state !== 'proposed' || now < answerUntil(agreement)) return false
  const least = leastOfAbsent(participants.length)
  return participants.every(({ platformUserId }) => {
    const share = agreement.shares.find((one) => one.platformUserId === platformUserId)
    return share !== undefined && (share.confirmed || share.percent >= least)
  })
}

function sharesOf(
  percents: Readonly<Record<string, number>>,
  { participants, by }: { participants: readonly Participant[]; by: readonly string[] },
): Share[] | Extract<ShareResult, { ok: false }> {
  const ids = participants.map(({ platformUserId }) => platformUserId)
  const given = Object.entries(percents)
  const isWhole = given.length === ids.length && given.every(([id, one]) => ids.includes(id) && isPercent(one))
  if (!isWhole) return { ok: false, code: 'shares_incomplete' }
  if (given.reduce((sum, [, one]) => sum + one, 0) !== 100) return { ok: false, code: 'shares_not_hundred' }
  const least = leastOfAbsent(participants.length)
  const isShort = participants.some(({ linked, platformUserId }) => !linked && (percents[platformUserId] ?? 0) < least)
  if (isShort) return { ok: false, code: 'shares_absent_short', least }
  return ids.map((id) => ({ platformUserId: id, percent: percents[id] ?? 0, confirmed: by.includes(id) }))
}

function isPercent(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 99
}

function settle(
  open: Pick<Agreement, 'version' | 'shares' | 'proposedAt'>,
  participants: readonly Participant[],
): ShareResult {
  const waiting = participants.some(
    ({ linked, platformUserId }) =>
      linked && !open.shares.some((one) => one.platformUserId === platformUserId && one.confirmed),
  )
  return { ok: true, agreement: { ...open, state: waiting ? 'proposed' : 'locked' } }
}

/** Whether one person is everybody who has a part, by however many accounts: then there is nothing to agree on. */
export function isAlone(participants: readonly CoAuthor[], platformUserIds: readonly string[]): boolean {
  return participants.every(({ platformUserId }) => platformUserIds.includes(platformUserId))
}

/**
 * The part that some identities of one person have together in what is agreed on; null while nothing is, and for whom it
 * does not name: who is found to be an author later has no part of none, but none yet.
 */
export function agreedPercent(agreement: Agreement | null, platformUserIds: readonly string[]): number | null {
  if (agreement?.state !== 'locked') return null
  const own = agreement.shares.filter(({ platformUserId }) => platformUserIds.includes(platformUserId))
  return own.length === 0 ? null : own.reduce((sum, { percent }) => sum + percent, 0)
}
