import { z } from 'zod'
import { PLATFORMS, type Platform } from './platform'
import { nameOf, ownersOf } from './repository-name'

/** `home`: work lands there, or did; `mirror`: a copy of the history, where nothing lands. */
export const HOME_ROLES = ['home', 'mirror'] as const
export type HomeRole = (typeof HOME_ROLES)[number]

/** Another place of a catalogued project: of one repository (`name` set) or of all that an owner has. */
export const catalogHomeSchema = z.strictObject({
  platform: z.enum(PLATFORMS),
  owner: z.string().min(1),
  name: z.string().min(1).nullable(),
  /** The platform's id of the repository, or of the owner. */
  platformId: z.string().nullable(),
  role: z.enum(HOME_ROLES),
  /** The day of the first landing that was seen there, where known. */
  since: z.iso.date().nullable(),
})
export type CatalogHome = z.infer<typeof catalogHomeSchema>
export const catalogHomesSchema = z.array(catalogHomeSchema).max(20)

/** A place where a project may stand, as far as it is compared. */
export type Place = {
  platform: Platform
  fullName: string
  /** Null or empty where it is not known. */
  platformRepositoryId: string | null
  ownerPlatformUserId: string | null
}

/** Whether a home is at a place. An id decides alone where both sides have one: a freed name can be taken by a stranger. */
export function isHomeAt(home: CatalogHome, place: Place): boolean {
  if (home.platform !== place.platform) return false
  if (home.name === null) {
    if (home.platformId !== null && place.ownerPlatformUserId) return home.platformId === place.ownerPlatformUserId
    return ownersOf(place.fullName).some((owner) => isSame(home.owner, owner))
  }
  if (home.platformId !== null && place.platformRepositoryId) return home.platformId === place.platformRepositoryId
  return isSame(`${home.owner}/${home.name}`, place.fullName)
}

/** What a home is found by: its name, and its id where known. */
export function homeKeysOf(homes: readonly CatalogHome[]): string[] {
  return homes.flatMap(({ platform, owner, name, platformId }) => {
    const byName = `${platform}:${owner}/${name ?? ''}`.toLowerCase()
    return platformId === null ? [byName] : [byName, `${platform}${name === null ? '@' : '#'}${platformId}`]
  })
}

/** The keys under which an entry may have a place as its home. */
export function keysOfPlace({ platform, fullName, platformRepositoryId, ownerPlatformUserId }: Place): string[] {
  return [
    `${platform}:${fullName}`.toLowerCase(),
    ...ownersOf(fullName).map((owner) => `${platform}:${owner}/`.toLowerCase()),
    ...(platformRepositoryId ? [`${platform}#${platformRepositoryId}`] : []),
    ...(ownerPlatformUserId ? [`${platform}@${ownerPlatformUserId}`] : []),
  ]
}

/** Where else the repository at a place stands, by an entry that has these places: of an owner, under the same name there. */
export function otherPlaces(places: readonly Omit<CatalogHome, 'role' | 'since'>[], at: Place): Place[] {
  return places.map(({ platform, owner, name, platformId }) => ({
    platform,
    fullName: `${owner}/${name ?? nameOf(at.fullName)}`,
    platformRepositoryId: name === null ? null : platformId,
    ownerPlatformUserId: name === null ? platformId : null,
  }))
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
