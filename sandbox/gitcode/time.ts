const CHINA_OFFSET_MS = 8 * 3_600_000

/** Lists tell time in seconds with China's offset: `2025-03-04T10:11:12+08:00`. */
export function gitcodeTime(at: Date): string {
  return `${new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 19)}+08:00`
}

/** A time that is not there is an empty text. */
export function gitcodeTimeOrEmpty(at: Date | null): string {
  return at === null ? '' : gitcodeTime(at)
}

/** Logs have milliseconds. */
export function logTime(at: Date): string {
  return `${new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 23)}+08:00`
}

/** Comments tell time in Greenwich, with milliseconds. */
export function commentTime(at: Date): string {
  return `${at.toISOString().slice(0, 23)}+00:00`
}
