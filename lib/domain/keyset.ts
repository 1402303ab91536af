/** The sort values of the last row shown, in the order of the page's ORDER BY; the last one is unique. */
export type KeysetPosition = readonly (string | number | null)[]

const CURSOR_MAX_LENGTH = 512

/** Turns a position into the opaque cursor that a page hands to the next one (base64url, safe in a URL). */
export function encodeKeyset(position: KeysetPosition): string {
  return Buffer.from(JSON.stringify(position), 'utf8').toString('base64url')
}

/**
 * Reads a cursor that came back from a browser; null when it is not one of ours or has another number of values.
 * A cursor is a position, not a permission: the query it goes into is scoped like any other.
 */
export function parseKeyset(cursor: string, length: number): KeysetPosition | null {
  if (cursor.length === 0 || cursor.length > CURSOR_MAX_LENGTH || !/^[\w-]+$/.test(cursor)) return null
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return isPosition(parsed) && parsed.length === length ? parsed : null
  } catch {
    return null
  }
}

function isPosition(value: unknown): value is KeysetPosition {
  return (
    Array.isArray(value) && value.every((part) => part === null || typeof part === 'string' || Number.isFinite(part))
  )
}
