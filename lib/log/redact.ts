const REDACTED = '[redacted]'
const MOST_CHARACTERS = 8_000
const MOST_DEPTH = 6
const MOST_ITEMS = 100

/** Names whose value is never written, whatever it is. */
const secretName =
  /(token|secret|password|passwd|authorization|cookie|credential|private_?key|sealing|e?_?mail|verifier|api_?key|jwk)/i
const secretExactName = /^(session|d)$/i
/** OAuth's `code` and `state` are secret; a reason code and a claim's state, plain small words, are not. */
const secretUnlessWord = /^(code|state)$/i
const word = /^[a-z_]{2,60}$/

/** Shapes that are secret or personal wherever they stand in a text. */
const secretShapes: readonly (readonly [RegExp, string])[] = [
  [/\b(gh[opusr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,})\b/g, REDACTED],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, REDACTED],
  [/\b(bearer|token|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]+@/gi, `$1${REDACTED}@`],
  [/([?&#](?:access_token|refresh_token|id_token|client_secret|code|state|token)=)[^&\s"']+/gi, `$1${REDACTED}`],
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[e-mail]'],
]

/** A copy of a value that is fit for a log: no secret, no e-mail address, nothing endless. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value.toISOString()
  if (depth >= MOST_DEPTH) return '[deep]'
  if (value instanceof Error) return describeError(value, depth)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map((item) => redact(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, isSecret(name, item) ? REDACTED : redact(item, depth + 1)]),
  )
}

function isSecret(name: string, value: unknown): boolean {
  if (secretUnlessWord.test(name)) return typeof value === 'string' && !word.test(value)
  return secretName.test(name) || secretExactName.test(name)
}

/** The text without tokens, credentials in addresses, and e-mail addresses. */
export function redactText(text: string): string {
  const cut = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
  return secretShapes.reduce((redacted, [shape, instead]) => redacted.replace(shape, instead), cut)
}

function describeError(error: Error, depth: number): Record<string, unknown> {
  const { code, kind, details }: Record<string, unknown> = { ...error }
  return {
    name: error.name,
    message: redactText(error.message),
    ...(typeof code === 'string' || typeof code === 'number' ? { reason: code } : {}),
    ...(typeof kind === 'string' ? { kind } : {}),
    ...(details === undefined ? {} : { details: redact(details, depth + 1) }),
    ...(error.stack === undefined ? {} : { stack: redactText(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
  }
}
