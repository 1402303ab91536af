import { byPlatform, PLATFORM_TRAITS, PLATFORMS, type Platform } from './platform'

/** What a pasted text names. Names, never an address to fetch. */
export type ContributionAddress = { platform: Platform; owner: string; name: string } & Target

/** A review is named by its own id, or by that of a remark in it. */
type Target =
  | { kind: 'pull_request'; number: number }
  | { kind: 'commit'; sha: string }
  | { kind: 'review'; number: number; of: 'review' | 'remark'; id: string }
  | { kind: 'model' | 'dataset' }

export type PullRequestAddress = Extract<ContributionAddress, { kind: 'pull_request' }>

export const ADDRESS_ERRORS = ['empty', 'too_long', 'unknown_host', 'not_a_contribution', 'bad_number'] as const
export type AddressError = (typeof ADDRESS_ERRORS)[number]
export type AddressResult = { ok: true; address: ContributionAddress } | { ok: false; code: AddressError }

/** Where each platform's pages live, e.g. `https://github.com` or a sandbox's `http://localhost:4000/github`; several are one. */
export type PlatformBaseUrls = Readonly<Record<Platform, readonly string[]>>

/** The platforms' own addresses. */
export const PUBLIC_BASE_URLS: PlatformBaseUrls = byPlatform((platform) => PLATFORM_TRAITS[platform].homes)

const TEXT_MAX_LENGTH = 2_000
const NUMBER_MAX = 1_000_000_000
const OWNER = String.raw`[A-Za-z\d](?:[\w.-]{0,98}[A-Za-z\d_])?`
const NAME = String.raw`[\w.-]{1,100}`
const SHA = '[0-9a-f]{7,64}'
/** GitHub's `/pull/12#pullrequestreview-99`, and a remark at a line: `#discussion_r99`, in the list of files `#r99`. */
const REVIEW = /^[^\s#]*#(?:(pullrequestreview-)|discussion_r|r)(\d{1,20})(?!\w)/

type Pages = { pullRequest: RegExp; commit: RegExp; release: RegExp | null }

/** Paths of pages, after the base: a pull request's at GitHub `/pull/12`, at Gitee `/pulls/12` …; see {@link PLATFORM_TRAITS}. */
const PAGES = byPlatform((platform): Pages => {
  const { ownerPrefixes, pages, holdsReleases } = PLATFORM_TRAITS[platform]
  const prefix = ownerPrefixes.length === 0 ? '' : `(?:(?:${ownerPrefixes.join('|')})/)?`
  const place = `^/(${prefix}${OWNER})/(${NAME})`
  return {
    pullRequest: new RegExp(`${place}/(?:${pages.join('|')})/(\\d+)(?!\\w)`),
    commit: new RegExp(`${place}/commits?/(${SHA})(?![\\w-])`, 'i'),
    release: holdsReleases ? new RegExp(`${place}(?:/(?:tree|blob|resolve)/\\S*|/?(?=[\\s?#]|$))`) : null,
  }
})
const SHORT = new RegExp(`(?<![\\w./@-])(${OWNER})/(${NAME})([#!])(\\d+)(?!\\w)`)
const HOST_LIKE =
  /(?:https?:\/\/|www\.)[^\s]+|(?<![\w@.-])[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|cn|org|net|io|dev|co)\/[^\s]+/i

/** First parts of Hugging Face's own pages, which are nobody's. */
const NOBODYS = new Set(
  [
    'api',
    'blog',
    'chat',
    'collections',
    'datasets',
    'docs',
    'enterprise',
    'join',
    'learn',
    'login',
    'models',
    'new',
  ].concat(['oauth', 'organizations', 'papers', 'posts', 'pricing', 'settings', 'spaces', 'tasks', 'users']),
)

/**
 * Reads what a pasted text names: a pull request, a commit, a review, a model or a dataset, by any page of it, with or
 * without scheme and `www.`; a pull request also short as `owner/name#12` (GitHub) and `owner/name!12` (Gitee). Chinese
 * words, full-width punctuation and brackets around it are left aside. What is most of a contribution goes first: a model's
 * page that stands beside its pull request is not what was meant.
 */
export function parseContributionAddress(text: string, baseUrls: PlatformBaseUrls = PUBLIC_BASE_URLS): AddressResult {
  if (text.length > TEXT_MAX_LENGTH) return refuse('too_long')
  const plain = narrow(text)
  if (plain === '') return refuse('empty')
  return (
    readPage(plain, baseUrls) ??
    readShort(plain) ??
    refuse(HOST_LIKE.test(plain) ? 'unknown_host' : 'not_a_contribution')
  )
}

/**
 * Full-width letters, digits and signs as their ASCII forms (NFKC); Chinese punctuation and words become spaces. A letter of
 * another script stays a letter, so that no foreign host is cut to the name of ours.
 */
export function narrow(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(
      /(?![\x21-\x7e]|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul})[\p{L}\p{M}]/gu,
      '_',
    )
    .replace(/[^\x21-\x7e]+|[<>()[\]{}"'`|\\^,;]+/g, ' ')
    .trim()
}

function readPage(text: string, baseUrls: PlatformBaseUrls): AddressResult | null {
  const places = PLATFORMS.flatMap((platform) =>
    baseUrls[platform].flatMap((base) => pathsBelow(text, base).map((path) => ({ platform, path }))),
  )
  let found: AddressResult | null = null
  for (const read of [readChange, readRelease]) {
    for (const { platform, path } of places) {
      const address = read(platform, path)
      if (address?.ok) return address
      // Why a change's own page could not be read says more than that it is no model.
      found ??= address
    }
  }
  return found ?? (places.length === 0 ? null : refuse('not_a_contribution'))
}

/** What follows an address of a platform's, wherever it stands in a text. */
export function pathsBelow(text: string, baseUrl: string): string[] {
  const base = baseUrl.replace(/^https?:\/\//i, '').replace(/\/+$/, '')
  const place = new RegExp(`(?<![\\w.@/-])(?:https?://)?(?:www\\.)?${literally(base)}(?=/)`, 'gi')
  return [...text.matchAll(place)].map((found) => text.slice(found.index + found[0].length))
}

function readChange(platform: Platform, path: string): AddressResult | null {
  const pull = PAGES[platform].pullRequest.exec(path)
  if (pull) {
    const pullRequest = pullRequestOf(platform, pull)
    const review = PLATFORM_TRAITS[platform].hasReviews ? REVIEW.exec(path.slice(pull[0].length)) : null
    return pullRequest.ok && review ? reviewOf(pullRequest.address, review) : pullRequest
  }
  const commit = PAGES[platform].commit.exec(path)
  const place = commit && placeOf(platform, commit)
  if (!commit || !place) return commit && refuse('not_a_contribution')
  return { ok: true, address: { ...place, kind: 'commit', sha: (commit[3] ?? '').toLowerCase() } }
}

/** The page of a model or a dataset as a whole; a space is neither. */
function readRelease(platform: Platform, path: string): AddressResult | null {
  const place = placeOf(platform, PAGES[platform].release?.exec(path) ?? [])
  if (!place || NOBODYS.has(place.owner.toLowerCase())) return null
  const [prefix, namespace] = place.owner.split('/')
  if (namespace !== undefined && prefix !== 'datasets') return null
  return { ok: true, address: { ...place, kind: namespace === undefined ? 'model' : 'dataset' } }
}

/** The short form does not say where: the first platform that writes so is meant. */
function readShort(text: string): AddressResult | null {
  const match = SHORT.exec(text)
  if (!match) return null
  const [, owner, name, sign, number] = match
  const platform = PLATFORMS.find((one) => PLATFORM_TRAITS[one].mark === sign)
  return platform === undefined ? null : pullRequestOf(platform, [match[0], owner, name, number])
}

type PullRequestResult = { ok: true; address: PullRequestAddress } | { ok: false; code: AddressError }

function pullRequestOf(platform: Platform, match: readonly (string | undefined)[]): PullRequestResult {
  const place = placeOf(platform, match)
  const number = Number(match[3])
  if (!place) return { ok: false, code: 'not_a_contribution' }
  if (!Number.isSafeInteger(number) || number < 1 || number > NUMBER_MAX) return { ok: false, code: 'bad_number' }
  return { ok: true, address: { ...place, kind: 'pull_request', number } }
}

function reviewOf(pullRequest: PullRequestAddress, [, whole, id = '']: RegExpExecArray): AddressResult {
  return { ok: true, address: { ...pullRequest, kind: 'review', of: whole === undefined ? 'remark' : 'review', id } }
}

function placeOf(platform: Platform, [, owner, named]: readonly (string | undefined)[]) {
  const name = named?.replace(/\.git$/, '')
  return owner && name && !/^\.+$/.test(name) ? { platform, owner, name } : null
}

function refuse(code: AddressError): { ok: false; code: AddressError } {
  return { ok: false, code }
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
