import type { Platform } from './platform'

/** What a pasted text names. Names, never an address to fetch. */
export type PullRequestAddress = { platform: Platform; owner: string; name: string; number: number }

export const ADDRESS_ERRORS = [
  'empty',
  'too_long',
  'unknown_host',
  'not_a_pull_request',
  'bad_number',
  'platform_unclear',
] as const
export type AddressError = (typeof ADDRESS_ERRORS)[number]
export type AddressResult = { ok: true; address: PullRequestAddress } | { ok: false; code: AddressError }

/** Where each platform's pages live, e.g. `https://github.com` or a sandbox's `http://localhost:4000/github`. */
export type PlatformBaseUrls = Readonly<Record<Platform, string>>

/** The platforms' own addresses. */
export const PUBLIC_BASE_URLS: PlatformBaseUrls = { github: 'https://github.com', gitee: 'https://gitee.com' }

/**
 * Reads the address of a pull request out of pasted text: a page of it (`/pull/12/files#…`, `/pulls/12`), with or without
 * scheme and `www.`, or short as `owner/name#12` (GitHub) and `owner/name!12` (Gitee); Chinese words, full-width
 * punctuation and brackets around it are left aside.
 */
export function parsePullRequestAddress(_text: string, _baseUrls: PlatformBaseUrls = PUBLIC_BASE_URLS): AddressResult {
  throw new Error('not yet')
}
