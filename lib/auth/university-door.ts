import { type OidcSettings, oidcSettings } from '@/lib/auth/connection-settings'
import { open } from '@/lib/config/sealing'
import { withScope } from '@/lib/db/scope'
import { findUniversity, findUniversityBySlug, type UniversityName } from '@/lib/db/universities'
import { connectionSealContext, findConnection, type UniversityConnection } from '@/lib/db/university-connections'
import { AppError, isAppError } from '@/lib/domain/errors'

/** A university's sign-in, ready to be used. */
export type UniversityDoor = {
  university: UniversityName
  /** `oidc-<slug>`: next-auth's name for it, and the end of the callback's address. */
  providerId: string
  settings: OidcSettings
  clientSecret: string
}

const PROVIDER_ID = /^oidc-([a-z0-9][a-z0-9-]{0,62})$/
const KEEP_MS = 15_000
const kept = new Map<string, { university: UniversityName; connection: UniversityConnection; until: number }>()

/**
 * The door that a provider id names. What the database says is kept for some seconds, sealed as it is there.
 * @throws AppError `not_found` for a university or a sign-in that there is not
 */
export async function getDoor(providerId: string): Promise<UniversityDoor> {
  const slug = PROVIDER_ID.exec(providerId)?.[1]
  if (slug === undefined) throw new AppError('not_found', 'university_unknown')
  const { university, connection } = await loadConnection(slug)
  const context = connectionSealContext({ universityId: university.id, kind: 'oidc' })
  return {
    university,
    providerId,
    settings: oidcSettings.parse(connection.settings),
    clientSecret: connection.secretSealed === null ? '' : open(connection.secretSealed, context),
  }
}

/** How a sign-in is set up, by its provider's id and without its secret; null where there is none. */
export async function findDoorSettings(providerId: string): Promise<OidcSettings | null> {
  const slug = PROVIDER_ID.exec(providerId)?.[1]
  try {
    return slug === undefined ? null : oidcSettings.parse((await loadConnection(slug)).connection.settings)
  } catch (error) {
    if (isAppError(error, 'not_found')) return null
    throw error
  }
}

/** The same, by the university's id. */
export async function findDoorSettingsOf(universityId: string): Promise<OidcSettings | null> {
  const university = await withScope({}, (tx) => findUniversity(tx, universityId))
  return university && findDoorSettings(`oidc-${university.slug}`)
}

async function loadConnection(slug: string) {
  const known = kept.get(slug)
  if (known && known.until > Date.now()) return known
  const university = await withScope({}, (tx) => findUniversityBySlug(tx, slug))
  if (university === null) throw new AppError('not_found', 'university_unknown')
  const universityId = university.id
  const connection = await withScope({ universityId }, (tx) => findConnection(tx, { universityId, kind: 'oidc' }))
  if (connection === null) throw new AppError('not_found', 'sign_in_not_set_up')
  const loaded = { university, connection, until: Date.now() + KEEP_MS }
  kept.set(slug, loaded)
  return loaded
}
