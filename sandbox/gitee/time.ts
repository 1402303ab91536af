const CHINA_OFFSET_MS = 8 * 3_600_000

/** Gitee writes every time with China's offset: `2025-03-04T10:11:12+08:00`. */
export function giteeTime(at: Date): string {
  return `${new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 19)}+08:00`
}

export function giteeTimeOrNull(at: Date | null): string | null {
  return at === null ? null : giteeTime(at)
}
