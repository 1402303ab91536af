export const ERROR_KINDS = [
  'not_found',
  'forbidden',
  'conflict',
  'invalid',
  'unauthenticated',
  'rate_limited',
  'unavailable',
] as const
export type ErrorKind = (typeof ERROR_KINDS)[number]

/** Plain data that words are made of when an error, a reason or a line is shown. Never free text meant for the user. */
export type ReasonData = Readonly<Record<string, string | number | boolean | null>>

/**
 * The one error that crosses layers. `kind` decides what a door answers (404, 409 …), `code` is the stable reason code
 * that screens put into words (i18n namespace `errors`), `details` are the values for those words.
 * The message is for logs only and holds no personal data.
 */
export class AppError extends Error {
  readonly kind: ErrorKind
  readonly code: string
  readonly details: ReasonData

  constructor(kind: ErrorKind, code: string, details: ReasonData = {}) {
    super(`${kind}: ${code}`)
    this.name = 'AppError'
    this.kind = kind
    this.code = code
    this.details = details
  }
}

/** Whether a caught value is an {@link AppError}, of one kind when one is named. */
export function isAppError(value: unknown, kind?: ErrorKind): value is AppError {
  return value instanceof AppError && (kind === undefined || value.kind === kind)
}
