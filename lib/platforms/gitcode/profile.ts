import { z } from 'zod'
import { DEPENDENCY_FILE_NAMES } from '@/lib/domain/dependency-file'
import { stripAddresses } from '@/lib/domain/evidence'
import type { DependencyFileSeen, RepositoryProfile, RepositoryReference } from '../port'
import { contentFileSchema, textOfContentFile } from '../root-file'
import { type GitCodeApi, type GitCodeCall, repositoryPath } from './api'
import { repositorySchema } from './schema'
import { toRepository } from './transform'

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

const profileSchema = repositorySchema.extend({
  description: z.string().nullish(),
  parent: z.object({ full_name: z.string() }).nullish(),
  created_at: instant.nullish(),
  pushed_at: instant.nullish(),
})
const releaseSchema = z.object({ tag_name: z.string(), name: z.string().nullish(), created_at: instant.nullish() })
/** Of what is not a file as documented nothing is made. */
const contentsSchema = z.union([contentFileSchema, z.unknown().transform(() => null)])

/** The repository with its description, parent and newest release, in two requests. */
export async function describeRepository(
  api: GitCodeApi,
  reference: RepositoryReference,
  call: GitCodeCall,
): Promise<RepositoryProfile | null> {
  const found = await api.find(repositoryPath(reference), profileSchema, call)
  if (found === null || found.private) return null
  const release = await api.find(`${repositoryPath(reference)}/releases/latest`, releaseSchema, call)
  return {
    repository: toRepository(found),
    description: found.description ? stripAddresses(found.description) : null,
    forkOf: found.parent?.full_name ?? null,
    createdAt: found.created_at ?? null,
    pushedAt: found.pushed_at ?? null,
    lastRelease: release?.created_at
      ? { name: release.name || release.tag_name, publishedAt: release.created_at }
      : null,
  }
}

/** File by file: how the root is listed is not documented. */
export async function findDependencyFiles(
  api: GitCodeApi,
  reference: RepositoryReference,
  call: GitCodeCall,
): Promise<DependencyFileSeen[]> {
  const files: DependencyFileSeen[] = []
  for (const name of DEPENDENCY_FILE_NAMES) {
    const file = await api.find(`${repositoryPath(reference)}/contents/${name}`, contentsSchema, call)
    const text = file && textOfContentFile(file)
    if (text) files.push({ name, text })
  }
  return files
}
