import { z } from 'zod'
import { parseHundredths } from '@/lib/domain/hundredths'

export const LEDGER_LIMITS = { reasonLength: 1000 } as const

const reason = z.string().trim().min(1).max(LEDGER_LIMITS.reasonLength)
const hundredths = z.coerce.number().int().min(0).max(1_000_000)

/** An award as it was read: what was left of it then, so that two corrections do not add up unseen. */
const seen = { entryId: z.uuid(), netHundredths: hundredths }

/** Correct an award to a new figure. */
export const correctCreditSchema = z.object({
  ...seen,
  newHundredths: hundredths,
  /** Said by who corrects: the figure may be above the caps of the rules. */
  aboveCaps: z.boolean().default(false),
  reason,
})
export type CorrectCreditInput = z.input<typeof correctCreditSchema>

export const revokeCreditSchema = z.object({ ...seen, reason })
export type RevokeCreditInput = z.input<typeof revokeCreditSchema>

/** The same as typed into a form: credits with at most two decimals. */
export const correctionFormSchema = z.object({
  ...seen,
  newCredit: z
    .string()
    .trim()
    .min(1)
    .transform((text, context) => {
      const value = parseHundredths(text)
      if (value !== null && value >= 0 && value <= 1_000_000) return value
      context.addIssue({ code: 'custom', message: 'not_a_credit_figure' })
      return z.NEVER
    }),
  aboveCaps: z
    .literal('on')
    .optional()
    .transform((value) => value === 'on'),
  reason,
})

/** As a report prints it in its column of proof: "yunlu-12 sha256:9f2c…". */
const LINE_NUMBER = /^(?:[a-z0-9-]+-)?(\d{1,15})(?:\s+sha256:[0-9a-f]*)?$/i

/** The number of a line as somebody typed it, or copied it from a report; null where that is none. */
export function readLineNumber(text: string): number | null {
  const [, digits] = LINE_NUMBER.exec(text.normalize('NFKC').trim()) ?? []
  return digits === undefined ? null : Number(digits)
}

export const ledgerQuerySchema = z.object({
  /** The one line of that number. */
  sequence: z.int().min(0).nullable().default(null),
  termId: z.uuid().nullable().default(null),
  studentNumber: z.string().trim().max(40).nullable().default(null),
  cursor: z.string().nullable().default(null),
})
export type LedgerQuery = z.input<typeof ledgerQuerySchema>
