import type { Platform } from './types'

/** What some platforms write before a person's number: ids of 24 hexadecimal digits. */
const HEX_PREFIX: Readonly<Partial<Record<Platform, string>>> = { gitcode: '65f9', huggingface: '64a3' }
/** The same of a repository: numbers at GitCode. */
const REPOSITORY_PREFIX: Readonly<Partial<Record<Platform, string>>> = { huggingface: '6621' }
const HEX_LENGTH = 24

/** An account's id as its platform shows it, and as the app stores it. */
export function shownAccountId(platform: Platform, id: number): string {
  return shownId(HEX_PREFIX[platform], id)
}

/** A repository's id as its platform shows it, and as the app stores it. */
export function shownRepositoryId(platform: Platform, id: number): string {
  return shownId(REPOSITORY_PREFIX[platform], id)
}

function shownId(prefix: string | undefined, id: number): string {
  return prefix === undefined ? String(id) : prefix + id.toString(16).padStart(HEX_LENGTH - prefix.length, '0')
}

/** The number behind an id that a platform shows; NaN for what is none of its own. */
export function accountIdOf(platform: Platform, shown: string): number {
  const prefix = HEX_PREFIX[platform]
  if (prefix === undefined) return Number(shown)
  return shown.startsWith(prefix) ? Number.parseInt(shown.slice(prefix.length), 16) : Number.NaN
}
