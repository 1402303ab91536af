import { z } from 'zod'
import { stripAddresses } from '@/lib/domain/evidence'
import type { RepositoryProfile, RepositoryReference } from '../port'
import { type HubCall, kindOf, repositoryPath } from './api'
import { callOf, findUser, type Hub } from './complete'
import { repositorySchema } from './schema'
import { toRepository } from './transform'

/** Datasets alone carry a description beside their card. */
const profileSchema = repositorySchema.extend({ description: z.string().nullish() })

/**
 * A model, a dataset or a space with what its card says, in two requests: its licence, its tags (the library and the task
 * are among them), when it was made and last changed. The Hub does not offer the rest: tags of git carry no date, so there is
 * no release; a copy is a new repository, so there is no fork; and what it is built on stands in its card, not in a list of
 * packages.
 */
export async function describeRepository(
  { api, settings }: Hub,
  reference: RepositoryReference,
  call: HubCall,
): Promise<RepositoryProfile | null> {
  const found = await api.find(repositoryPath(reference), profileSchema, callOf(call))
  if (found === null || found.private) return null
  const repository = toRepository(found, { kind: kindOf(reference.owner).kind, webUrl: settings.webUrl })
  const owner = await findUser(api, kindOf(repository.owner).namespace, callOf(call))
  return {
    repository: { ...repository, ownerPlatformUserId: owner?.id ?? null },
    description: found.description ? stripAddresses(found.description) : null,
    forkOf: null,
    createdAt: found.createdAt,
    pushedAt: found.lastModified ?? null,
    lastRelease: null,
  }
}
