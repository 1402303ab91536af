import { byPlatform, PLATFORM_TRAITS, PLATFORMS, type Platform } from './platform'

/** What a pasted text names. Names, never an address to fetch. */
export type PullRequestAddress = { platform: Platform; owner: string; name: string; number: number }

export const ADDRESS_ERRORS = ['empty', 'too_long', 'unknown_host', 'not_a_pull_request', 'bad_number'] as const
export type AddressError = (typeof ADDRESS_ERRORS)[number]
export type AddressResult = { ok: true; address: PullRequestAddress } | { ok: false; code: AddressError }

/** Where each platform's pages live, e.g. `https://github.com` or a sandbox's `http://localhost:4000/github`; several are one. */
export type PlatformBaseUrls = Readonly<Record<Platform, readonly string[]>>

/** The platforms' own addresses. */
export const PUBLIC_BASE_URLS: PlatformBaseUrls = byPlatform((platform) => PLATFORM_TRAITS[platform].homes)

const TEXT_MAX_LENGTH = 2_000
const NUMBER_MAX = 1_000_000_000
const OWNER = String.raw`[A-Za-z\d](?:[\w.-]{0,98}[A-Za-z\d_])?`
const NAME = String.raw`[\w.-]{1,100}`

/** The path of a pull request's page, after the base: GitHub `/pull/12`, Gitee `/pulls/12` …; see {@link PLATFORM_TRAITS}. */
const PAGES = byPlatform((platform) => {
  const { ownerPrefixes, pages } = PLATFORM_TRAITS[platform]
  const prefix = ownerPrefixes.length === 0 ? '' : `(?:(?:${ownerPrefixes.join('|')})/)?`
  return new RegExp(`^/(${prefix}${OWNER})/(${NAME})/(?:${pages.join('|')})/(\\d+)(?!\\w)`)
})
const SHORT = new RegExp(`(?<![\\w./@-])(${OWNER})/(${NAME})([#!])(\\d+)(?!\\w)`)
const HOST_LIKE =
  /(?:https?:\/\/|www\.)[^\s]+|(?<![\w@.-])[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|cn|org|net|io|dev|co)\/[^\s]+/i

/**
 * Reads the address of a pull request out of pasted text: a page of it (`/pull/12/files#…`, `/pulls/12`), with or without
 * scheme and `www.`, or short as `owner/name#12` (GitHub) and `owner/name!12` (Gitee); Chinese words, full-width
 * punctuation and brackets around it are left aside.
 */
export function parsePullRequestAddress(text: string, baseUrls: PlatformBaseUrls = PUBLIC_BASE_URLS): AddressResult {
  if (text.length > TEXT_MAX_LENGTH) return refuse('too_long')
  const plain = narrow(text)
  if (plain === '') return refuse('empty')
  return (
    readPage(plain, baseUrls) ??
    readShort(plain) ??
    refuse(HOST_LIKE.test(plain) ? 'unknown_host' : 'not_a_pull_request')
  )
}

/** Full-width letters, digits and signs as their ASCII forms (NFKC); Chinese punctuation and words become spaces. */
export function narrow(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[^\x21-\x7e]+|[<>()[\]{}"'`|\\^,;]+/g, ' ')
    .trim()
}

function readPage(text: string, baseUrls: PlatformBaseUrls): AddressResult | null {
  let found: AddressResult | null = null
  for (const platform of PLATFORMS) {
    for (const path of baseUrls[platform].flatMap((base) => pathsBelow(text, base))) {
      const match = PAGES[platform].exec(path)
      const address = match ? addressOf(platform, match) : refuse('not_a_pull_request')
      if (address.ok) return address
      found ??= address
    }
  }
  return found
}

/** What follows an address of a platform's, wherever it stands in a text. */
export function pathsBelow(text: string, baseUrl: string): string[] {
  const base = baseUrl.replace(/^https?:\/\//i, '').replace(/\/+$/, '')
  const place = new RegExp(`(?<![\\w.@/-])(?:https?://)?(?:www\\.)?${literally(base)}(?=/)`, 'gi')
  return [...text.matchAll(place)].map((found) => text.slice(found.index + found[0].length))
}

/** The short form does not say where: the first platform that writes so is meant. */
function readShort(text: string): AddressResult | null {
  const match = SHORT.exec(text)
  if (!match) return null
  const [, owner, name, sign, number] = match
  const platform = PLATFORMS.find((one) => PLATFORM_TRAITS[one].mark === sign)
  return platform === undefined ? null : addressOf(platform, [match[0], owner, name, number])
}

function addressOf(platform: Platform, [, owner, name, digits]: readonly (string | undefined)[]): AddressResult {
  const number = Number(digits)
  if (!owner || !name || /^\.+$/.test(name)) return refuse('not_a_pull_request')
  if (!Number.isSafeInteger(number) || number < 1 || number > NUMBER_MAX) return refuse('bad_number')
  return { ok: true, address: { platform, owner, name: name.replace(/\.git$/, ''), number } }
}

function refuse(code: AddressError): AddressResult {
  return { ok: false, code }
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
