import { z } from 'zod'

const nomination = { nominationId: z.string(), platform: z.string(), fullName: z.string(), reason: z.string() }
const shares = { contributionId: z.string(), reference: z.string(), login: z.string() }
const claim = { claimId: z.string(), termCode: z.string() }

/** What a member is told in the app: a code and typed data; the screen has the words. */
export const notificationSchemas = {
  claim_submitted: z.strictObject({ ...claim, items: z.number() }),
  claim_evidence_complete: z.strictObject({ ...claim, items: z.number() }),
  claim_evidence_failed: z.strictObject({ ...claim, failureKind: z.string() }),
  claim_endorsed: z.strictObject({ ...claim, creditHundredths: z.number() }),
  claim_changes_requested: z.strictObject({ ...claim, comment: z.string() }),
  claim_rejected: z.strictObject({ ...claim, reasonCode: z.string(), comment: z.string() }),
  claim_approved: z.strictObject({ ...claim, creditHundredths: z.number() }),
  credit_corrected: z.strictObject({ termCode: z.string(), creditHundredths: z.number(), reason: z.string() }),
  /** to admins: an approved contribution was reverted on its platform */
  approved_contribution_reverted: z.strictObject({ ...claim, contributionId: z.string(), title: z.string() }),
  /** to admins: what an approved claim rests on is otherwise now; `code` is the warning's */
  approved_contribution_warned: z.strictObject({
    ...claim,
    contributionId: z.string(),
    title: z.string(),
    code: z.string(),
  }),
  /** to the student: something under an open claim changed */
  claim_warned: z.strictObject({ ...claim, contributionId: z.string(), code: z.string() }),
  /** to whoever put a repository forward for the catalog, or seconded it */
  nomination_accepted: z.strictObject(nomination),
  nomination_refused: z.strictObject(nomination),
  /** to whoever has a part in what several people wrote; `login` is who acted, as the platform calls them */
  shares_proposed: z.strictObject(shares),
  shares_refused: z.strictObject(shares),
  shares_locked: z.strictObject(shares),
  sync_needs_you: z.strictObject({ platform: z.string(), login: z.string(), failureKind: z.string() }),
} as const

export type NotificationCode = keyof typeof notificationSchemas
export type NotificationData<C extends NotificationCode> = z.infer<(typeof notificationSchemas)[C]>

/** Whether a stored text names a notification that screens have words for. */
export function isNotificationCode(value: string): value is NotificationCode {
  return Object.hasOwn(notificationSchemas, value)
}
