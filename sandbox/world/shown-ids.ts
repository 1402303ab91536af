import type { Platform } from './types'

/** What each platform writes before a person's number: GitCode's ids are 24 hexadecimal digits. */
const HEX_PREFIX: Readonly<Partial<Record<Platform, string>>> = { gitcode: '65f9' }
const HEX_LENGTH = 24

/** An account's id as its platform shows it, and as the app stores it. */
export function shownAccountId(platform: Platform, id: number): string {
  const prefix = HEX_PREFIX[platform]
  return prefix === undefined ? String(id) : prefix + id.toString(16).padStart(HEX_LENGTH - prefix.length, '0')
}

/** The number behind an id that a platform shows; NaN for what is none of its own. */
export function accountIdOf(platform: Platform, shown: string): number {
  const prefix = HEX_PREFIX[platform]
  if (prefix === undefined) return Number(shown)
  return shown.startsWith(prefix) ? Number.parseInt(shown.slice(prefix.length), 16) : Number.NaN
}
