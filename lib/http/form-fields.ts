import * as z from 'zod'

/** Text that must be there, without blanks around it. */
export const requiredText = (maxLength: number) => z.string().trim().min(1).max(maxLength)

/** Text that may be left empty; empty is null. */
export const optionalText = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength)
    .optional()
    .transform((text) => text || null)

/** A single box: ticked or not. */
export const checkbox = () =>
  z
    .literal('on')
    .optional()
    .transform((value) => value === 'on')

/** A whole number typed into a field. */
export const wholeNumber = (range: { min: number; max: number }) =>
  z
    .string()
    .trim()
    .regex(/^-?\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().int().min(range.min).max(range.max))
