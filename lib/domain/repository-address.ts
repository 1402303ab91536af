import { narrow, type PlatformBaseUrls, PUBLIC_BASE_URLS, pathsBelow } from './contribution-address'
import { PLATFORM_TRAITS, PLATFORMS, type Platform } from './platform'

/** What a pasted text names. Names, never an address to fetch. */
export type RepositoryAddress = { platform: Platform; owner: string; name: string }

export const REPOSITORY_ADDRESS_ERRORS = ['empty', 'too_long', 'unknown_host', 'not_a_repository'] as const
export type RepositoryAddressError = (typeof REPOSITORY_ADDRESS_ERRORS)[number]
export type RepositoryAddressResult =
  | { ok: true; address: RepositoryAddress }
  | { ok: false; code: RepositoryAddressError }

const TEXT_MAX_LENGTH = 500
const OWNER = String.raw`[A-Za-z\d](?:[\w.-]{0,98}[A-Za-z\d_])?`
const NAME = String.raw`[\w.-]{1,100}`
const SHORT = new RegExp(`^(${OWNER})/(${NAME})$`)
const HOST_LIKE =
  /(?:https?:\/\/|www\.|git@)\S+|(?<![\w@.-])[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|cn|org|net|io|dev|co)(?:\/|$)/i

/** First parts of pages that are nobody's repository, as GitHub, Gitee and GitCode have them. */
const PAGES = new Set(
  ['about', 'apps', 'collections', 'enterprises', 'events', 'explore', 'features', 'help', 'issues', 'login', 'logout']
    .concat(['marketplace', 'new', 'notifications', 'oauth', 'orgs', 'organizations', 'pulls', 'search', 'settings'])
    .concat(['sponsors', 'topics', 'trending', 'user', 'users']),
)

/**
 * Reads the address of a repository out of pasted text: any page of it, with or without scheme and `www.`, as one clones it
 * (`git@host:owner/name.git`), or short as `owner/name`, which means the first platform. Words around an address are left
 * aside; around a short form they are not, since any two words with a stroke look like one.
 */
export function parseRepositoryAddress(
  text: string,
  baseUrls: PlatformBaseUrls = PUBLIC_BASE_URLS,
): RepositoryAddressResult {
  if (text.length > TEXT_MAX_LENGTH) return refuse('too_long')
  const plain = narrow(text).replace(/\b(?:ssh:\/\/)?git@([\w.-]+)[:/]/gi, 'https://$1/')
  if (plain === '') return refuse('empty')
  return (
    readPage(plain, baseUrls) ?? readShort(plain) ?? refuse(HOST_LIKE.test(plain) ? 'unknown_host' : 'not_a_repository')
  )
}

function readPage(text: string, baseUrls: PlatformBaseUrls): RepositoryAddressResult | null {
  let found: RepositoryAddressResult | null = null
  for (const platform of PLATFORMS) {
    for (const path of baseUrls[platform].flatMap((base) => pathsBelow(text, base))) {
      const match = pageOf(platform).exec(path)
      const address = match ? addressOf(platform, match) : refuse('not_a_repository')
      if (address.ok) return address
      found ??= address
    }
  }
  return found
}

function pageOf(platform: Platform): RegExp {
  const { ownerPrefixes } = PLATFORM_TRAITS[platform]
  const prefix = ownerPrefixes.length === 0 ? '' : `(?:(?:${ownerPrefixes.join('|')})/)?`
  return new RegExp(`^/(${prefix}${OWNER})/(${NAME})(?=[/?#\\s]|$)`)
}

function readShort(text: string): RepositoryAddressResult | null {
  const match = SHORT.exec(text)
  const [first] = PLATFORMS
  return match && addressOf(first, match)
}

function addressOf(platform: Platform, [, owner, named]: readonly (string | undefined)[]): RepositoryAddressResult {
  const name = named?.replace(/\.git$/, '')
  if (!owner || !name || /^\.+$/.test(name) || PAGES.has(owner.toLowerCase())) return refuse('not_a_repository')
  return { ok: true, address: { platform, owner, name } }
}

function refuse(code: RepositoryAddressError): RepositoryAddressResult {
  return { ok: false, code }
}
