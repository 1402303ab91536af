import type { ReleaseRead } from '../named-port'
import type { RepositoryReference } from '../port'
import { type HubCall, kindOf, repositoryPath } from './api'
import { callOf, findUser, type Hub } from './complete'
import { repositorySchema } from './schema'
import { toRepository } from './transform'

/** A model or a dataset as a whole. An organisation has no overview as a person has: then it is nobody's own. */
export async function readRelease(
  { api, settings }: Hub,
  reference: RepositoryReference & HubCall,
): Promise<ReleaseRead | null> {
  const call = callOf(reference)
  const { kind } = kindOf(reference.owner)
  const found = await api.find(repositoryPath(reference), repositorySchema, call)
  if (found === null || found.private || kind === 'space') return null
  const seen = toRepository(found, { kind, webUrl: settings.webUrl })
  const owner = await findUser(api, kindOf(seen.owner).namespace, call)
  return {
    repository: { ...seen, ownerPlatformUserId: owner?.id ?? null },
    owner: owner && { platformUserId: owner.id, login: owner.login },
    releasedAt: found.createdAt,
    changedAt: found.lastModified ?? found.createdAt,
    downloads: found.downloads ?? null,
    likes: found.likes ?? null,
    license: seen.license,
    // The Hub reads it out of the card; without one there is none.
    hasCard: found.cardData !== null && found.cardData !== undefined,
  }
}
