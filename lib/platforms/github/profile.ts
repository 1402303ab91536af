import { z } from 'zod'
import { DEPENDENCY_FILE_MAX_BYTES, type DependencyFileName, isDependencyFile } from '@/lib/domain/dependency-file'
import { stripAddresses } from '@/lib/domain/evidence'
import type { Credential, DependencyFileSeen, RepositoryProfile, RepositoryReference } from '../port'
import { contentFileSchema, textOfContentFile } from '../root-file'
import type { GitHubApi } from './api'
import { restRepositorySchema } from './schema'
import { repositoryFromRest } from './transform'

type Call = { credential: Credential; signal?: AbortSignal | undefined }

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

const profileSchema = restRepositorySchema.extend({
  description: z.string().nullish(),
  parent: z.object({ full_name: z.string() }).nullish(),
  created_at: instant.nullish(),
  pushed_at: instant.nullish(),
})
const releaseSchema = z.object({ tag_name: z.string(), name: z.string().nullish(), published_at: instant.nullish() })
const listingSchema = z.array(z.object({ name: z.string(), type: z.string(), size: z.int().min(0) }))

/** More lists than these say nothing new. */
const MAX_FILES = 5

/** The repository with its description, parent and newest release, in two requests. */
export async function describeRepository(
  api: GitHubApi,
  reference: RepositoryReference,
  call: Call,
): Promise<RepositoryProfile | null> {
  const path = pathOf(reference)
  const found = await api.findRest(path, profileSchema, call)
  if (found === null || found.private) return null
  const release = await api.findRest(`${path}/releases/latest`, releaseSchema, call)
  return {
    repository: repositoryFromRest(found),
    description: found.description ? stripAddresses(found.description) : null,
    forkOf: found.parent?.full_name ?? null,
    createdAt: found.created_at ?? null,
    pushedAt: found.pushed_at ?? null,
    lastRelease: release?.published_at
      ? { name: release.name || release.tag_name, publishedAt: release.published_at }
      : null,
  }
}

/** The root is listed first, so that only what is there is asked for. */
export async function findDependencyFiles(
  api: GitHubApi,
  reference: RepositoryReference,
  call: Call,
): Promise<DependencyFileSeen[]> {
  const path = `${pathOf(reference)}/contents`
  const listed = (await api.findRest(path, listingSchema, call)) ?? []
  const names = listed
    .filter(({ type, size }) => type === 'file' && size <= DEPENDENCY_FILE_MAX_BYTES)
    .flatMap(({ name }): DependencyFileName[] => (isDependencyFile(name) ? [name] : []))
  const files: DependencyFileSeen[] = []
  for (const name of names.slice(0, MAX_FILES)) {
    const file = await api.findRest(`${path}/${name}`, contentFileSchema, call)
    const text = file && textOfContentFile(file)
    if (text) files.push({ name, text })
  }
  return files
}

function pathOf({ owner, name }: RepositoryReference): string {
  return `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`
}
