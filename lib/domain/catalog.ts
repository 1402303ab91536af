import { type CatalogHome, isHomeAt, otherPlaces, type Place } from './catalog-home'
import type { RepositoryFact } from './contribution'
import { type LandingRules, MERGED, MIRROR } from './landing-rule'
import type { Platform } from './platform'
import { ownersOf } from './repository-name'

/** What a university may say. */
export const OWN_STATUSES = ['proposed', 'included', 'excluded'] as const
export type OwnStatus = (typeof OWN_STATUSES)[number]

/** `opted_out`: its maintainers asked to be left out, which the shared base alone says. */
export const CATALOG_STATUSES = [...OWN_STATUSES, 'opted_out'] as const
export type CatalogStatus = (typeof CATALOG_STATUSES)[number]

export const CATALOG_KINDS = [
  'model',
  'dataset',
  'framework',
  'training',
  'inference',
  'agent',
  'infra',
  'tool',
] as const
export type CatalogKind = (typeof CATALOG_KINDS)[number]

/** How demanding a repository is; a policy gives each tier its factor. */
export const CATALOG_TIERS = ['flagship', 'standard', 'emerging'] as const
export type CatalogTier = (typeof CATALOG_TIERS)[number]

/**
 * A line of the catalog: one repository (`name` set) or all of an owner (`name` null), shared by all universities
 * (`universityId` null) or one university's own word on it. Fields that are null say nothing and leave the word to the
 * next entry in precedence.
 */
export type CatalogEntry = {
  id: string
  universityId: string | null
  platform: Platform
  owner: string
  name: string | null
  platformRepositoryId: string | null
  platformOwnerId: string | null
  /** Former full names (`owner/name`) or, for an owner, former logins. */
  aliases: readonly string[]
  status: CatalogStatus
  kind: CatalogKind | null
  tier: CatalogTier | null
  landing: LandingRules | null
  /** Branches that count beside the default one. */
  acceptedBranches: readonly string[] | null
  /** Other places of the same project; only the shared base says so. */
  homes: readonly CatalogHome[]
}

/** What the catalog is asked about. */
export type CatalogSubject = { platform: Platform } & Pick<
  RepositoryFact,
  'platformRepositoryId' | 'fullName' | 'ownerPlatformUserId' | 'fork' | 'archived'
>

export const CATALOG_REASONS = [
  'university_repository',
  'university_owner',
  'shared_repository',
  'shared_owner',
  'fork_left_out',
  'archived_left_out',
  'not_listed',
] as const
export type CatalogReason = (typeof CATALOG_REASONS)[number]

/** The catalog's answer: the status, the entry that decided, and everything that follows from it. */
export type CatalogResolution = {
  status: CatalogStatus | 'unknown'
  entry: CatalogEntry | null
  reason: CatalogReason
  tier: CatalogTier
  kind: CatalogKind | null
  landing: LandingRules
  acceptedBranches: readonly string[]
}

/**
 * What the catalog says about a repository at a university. Precedence: university repository > university owner >
 * shared repository > shared owner; a maintainer's opt-out, which the shared base says, outweighs them all. A proposal never outweighs a decided entry. Owner-wide inclusion leaves out forks and
 * archived repositories (an owner's word is about its own living work); owner-wide exclusion spares nothing.
 * How changes land is a fact that all universities share: there the shared base's word comes first.
 * A project that stands at several places is one: what is said about one of them holds at all, but at a mirror nothing
 * lands. Entries of other repositories may be passed in: they are left aside.
 */
export function resolveCatalog(subject: CatalogSubject, entries: readonly CatalogEntry[]): CatalogResolution {
  const places = placesOf(subject, entries)
  const covering = entries.filter((entry) => places.some((place) => entryCovers(entry, place))).sort(byPrecedence)
  const speaking = covering.filter((entry) => !leavesOut(entry, subject))
  const deciding =
    speaking.find(isOptOut) ?? speaking.find((entry) => entry.status !== 'proposed') ?? speaking[0] ?? null
  // What the deciding entry does not say is taken from the next one that does; proposals are not asked.
  const voices = speaking.filter((entry) => entry === deciding || entry.status !== 'proposed')
  return {
    status: deciding?.status ?? 'unknown',
    entry: deciding,
    reason: deciding ? reasonOf(deciding) : reasonWhyNone(covering, subject),
    tier: firstWord(voices, (entry) => entry.tier) ?? 'standard',
    kind: firstWord(voices, (entry) => entry.kind),
    landing: isMirrored(subject, voices) ? MIRROR : landingAt(subject, voices),
    acceptedBranches: firstWord(voices, (entry) => entry.acceptedBranches) ?? [],
  }
}

/** How changes land is said of a place: an entry about the project's mirror elsewhere does not say how they land here. */
function landingAt(subject: CatalogSubject, voices: readonly CatalogEntry[]): LandingRules {
  const here = voices.filter((entry) => entryCovers(entry, subject))
  return firstWord(byFacts(here), (entry) => entry.landing) ?? MERGED
}

/** A repository's own place first, then where else the shared base says that the same project stands. */
export function placesOf(subject: CatalogSubject, entries: readonly CatalogEntry[]): Place[] {
  const known = entries.filter((entry) => isShared(entry) && entry.homes.length > 0 && entryCovers(entry, subject))
  const others = known.flatMap((entry) => {
    const { platform, owner, name, platformRepositoryId, platformOwnerId, homes } = entry
    return otherPlaces(
      [{ platform, owner, name, platformId: platformRepositoryId ?? platformOwnerId }, ...homes],
      subject,
    )
  })
  return [subject, ...others.filter((place) => !isAt(place, subject))]
}

function isAt(place: Place, { platform, fullName }: CatalogSubject): boolean {
  return place.platform === platform && place.fullName.toLowerCase() === fullName.toLowerCase()
}

/** Whether the nearest entry that knows this very place calls it a mirror. */
function isMirrored(subject: CatalogSubject, voices: readonly CatalogEntry[]): boolean {
  for (const entry of voices.filter(isShared)) {
    const home = entry.homes.find((one) => isHomeAt(one, subject))
    if (home) return home.role === 'mirror'
    if (standsAt(entry, subject)) return false
  }
  return false
}

/**
 * Whether an entry speaks about a repository, by its own place or by a home. Where both have an id, the id alone decides: a
 * freed name can be taken by a stranger. Else today's or a former name, whatever its case.
 */
export function entryCovers(entry: CatalogEntry, place: Place): boolean {
  return standsAt(entry, place) || entry.homes.some((home) => isHomeAt(home, place))
}

function standsAt(entry: CatalogEntry, subject: Place): boolean {
  if (entry.platform !== subject.platform) return false
  if (entry.name === null) {
    if (entry.platformOwnerId !== null && subject.ownerPlatformUserId) {
      return entry.platformOwnerId === subject.ownerPlatformUserId
    }
    return ownersOf(subject.fullName).some((owner) => namesMatch([entry.owner, ...entry.aliases], owner))
  }
  if (entry.platformRepositoryId !== null && subject.platformRepositoryId) {
    return entry.platformRepositoryId === subject.platformRepositoryId
  }
  return namesMatch([`${entry.owner}/${entry.name}`, ...entry.aliases], subject.fullName)
}

function namesMatch(names: readonly string[], name: string): boolean {
  return names.some((candidate) => candidate.toLowerCase() === name.toLowerCase())
}

function leavesOut(entry: CatalogEntry, subject: CatalogSubject): boolean {
  const isBarred = entry.status === 'excluded' || entry.status === 'opted_out'
  return entry.name === null && !isBarred && (subject.fork || subject.archived)
}

function rankOf(entry: CatalogEntry): number {
  return (entry.universityId === null ? 2 : 0) + (entry.name === null ? 1 : 0)
}

/** By precedence; among entries of one rank an exclusion first, then by id, so that the answer never depends on order. */
function byPrecedence(a: CatalogEntry, b: CatalogEntry): number {
  const exclusion = Number(b.status === 'excluded') - Number(a.status === 'excluded')
  return rankOf(a) - rankOf(b) || exclusion || (a.id < b.id ? -1 : 1)
}

function reasonOf(entry: CatalogEntry): CatalogReason {
  const scope = entry.universityId === null ? 'shared' : 'university'
  return entry.name === null ? `${scope}_owner` : `${scope}_repository`
}

function reasonWhyNone(covering: readonly CatalogEntry[], subject: CatalogSubject): CatalogReason {
  if (covering.length === 0) return 'not_listed'
  return subject.fork ? 'fork_left_out' : 'archived_left_out'
}

function byFacts(entries: readonly CatalogEntry[]): CatalogEntry[] {
  return [...entries.filter(isShared), ...entries.filter((entry) => !isShared(entry))]
}

function isOptOut(entry: CatalogEntry): boolean {
  return entry.status === 'opted_out' && isShared(entry)
}

function isShared({ universityId }: CatalogEntry): boolean {
  return universityId === null
}

function firstWord<T>(entries: readonly CatalogEntry[], read: (entry: CatalogEntry) => T | null): T | null {
  for (const entry of entries) {
    const word = read(entry)
    if (word !== null) return word
  }
  return null
}
