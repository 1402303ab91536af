/** The platforms that contributions are read from. A new one is a line here and in {@link PLATFORM_TRAITS}, and a folder in lib/platforms. */
export const PLATFORMS = ['github', 'gitee', 'gitcode', 'huggingface'] as const
export type Platform = (typeof PLATFORMS)[number]

/** In what platforms differ for everybody outside of their own folder. */
export type PlatformTraits = {
  /** What it is called, in every language. */
  name: string
  /** Where its pages stand: its own address first, others of the same pages after it. */
  homes: readonly [string, ...string[]]
  /** The words between a repository and a pull request's number in addresses. */
  pages: readonly string[]
  /** What stands before the owner in addresses of repositories of another kind than the usual; part of the owner here. */
  ownerPrefixes: readonly string[]
  /** Written between a repository and a number, and understood so where this is the first platform that writes it. */
  mark: '#' | '!'
  /** Whether accounts are read as a whole, or only in repositories that the catalog includes. */
  readsWholeAccounts: boolean
  /** Whether reviews can be read, so that their absence says something. */
  hasReviews: boolean
  /** Whether a repository there may be a model or a dataset that somebody released. */
  holdsReleases: boolean
  /** Whether parts of a pull request that are there are at times not found: they are asked for again. */
  hidesParts: boolean
}

export const PLATFORM_TRAITS: Readonly<Record<Platform, PlatformTraits>> = {
  github: {
    name: 'GitHub',
    homes: ['https://github.com'],
    pages: ['pull', 'pulls'],
    ownerPrefixes: [],
    mark: '#',
    readsWholeAccounts: true,
    hasReviews: true,
    holdsReleases: false,
    hidesParts: false,
  },
  gitee: {
    name: 'Gitee',
    homes: ['https://gitee.com'],
    pages: ['pulls', 'pull'],
    ownerPrefixes: [],
    mark: '!',
    readsWholeAccounts: false,
    hasReviews: false,
    holdsReleases: false,
    hidesParts: true,
  },
  gitcode: {
    name: 'GitCode',
    homes: ['https://gitcode.com', 'https://atomgit.com'],
    pages: ['pull', 'pulls', 'merge_requests'],
    ownerPrefixes: [],
    mark: '!',
    readsWholeAccounts: false,
    hasReviews: false,
    holdsReleases: false,
    hidesParts: true,
  },
  huggingface: {
    name: 'Hugging Face',
    homes: ['https://huggingface.co', 'https://hf.co'],
    pages: ['discussions'],
    ownerPrefixes: ['datasets', 'spaces'],
    mark: '#',
    readsWholeAccounts: false,
    hasReviews: false,
    holdsReleases: true,
    hidesParts: false,
  },
}

/** The same for each platform, by what each needs. */
export function byPlatform<T>(make: (platform: Platform) => T): Readonly<Record<Platform, T>> {
  return {
    github: make('github'),
    gitee: make('gitee'),
    gitcode: make('gitcode'),
    huggingface: make('huggingface'),
  }
}

/** What a platform is called, in every language. */
export function platformName(platform: Platform): string {
  return PLATFORM_TRAITS[platform].name
}

/** What a contribution is called by; a pull request and a review have a number, a commit its sha as `ref`, a release neither. */
export type Referred = { platform: Platform; repository: string; number: number; kind?: string; ref?: string }

/** How a contribution is named in short: `owner/name#12`, at Gitee and GitCode `owner/name!12`; a commit `owner/name@1a2b3c4`. */
export function contributionReference({ platform, repository, number, kind, ref = '' }: Referred): string {
  if (kind === 'commit') return `${repository}@${ref.slice(0, 7)}`
  return number === 0 ? repository : `${repository}${PLATFORM_TRAITS[platform].mark}${number}`
}

/** Whether a string from outside names a platform we read. */
export function isPlatform(value: string): value is Platform {
  return (PLATFORMS as readonly string[]).includes(value)
}

/** An identity on a platform: the immutable id (as text) is who it is, the login is only what to show today. */
export type PlatformUser = { platformUserId: string | null; login: string }

/** One key for "this identity on this platform", for sets and maps. */
export function platformIdentityKey(platform: Platform, platformUserId: string): string {
  return `${platform}:${platformUserId}`
}
