import type { Platform } from '@/lib/domain/platform'
import type { Prisma } from './generated/client'
import type { Tx } from './scope'

/** A repository as a platform shows it now; null says "not told here", which leaves what is stored. */
export type RepositoryInput = {
  platform: Platform
  platformRepositoryId: string
  ownerPlatformUserId: string | null
  owner: string
  name: string
  url: string
  defaultBranch: string | null
  isFork: boolean
  isArchived: boolean
  isPrivate: boolean
  stars: number | null
  license: string | null
  language: string | null
  topics: readonly string[] | null
}

const DAY_MS = 86_400_000
/** Change all the time and matter little: they are taken over once a day. */
const SLOW_COLUMNS = new Set(['stars'])

/** Our ids of repositories that are stored, by their platform ids. */
export async function findRepositoryIdsByPlatformId(
  tx: Tx,
  platform: Platform,
  platformRepositoryIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.repository.findMany({
    where: { platform, platformRepositoryId: { in: [...platformRepositoryIds] } },
    select: { id: true, platformRepositoryId: true },
  })
  return new Map(rows.map((row) => [row.platformRepositoryId, row.id]))
}

/**
 * Stores repositories by their platform ids and keeps every name they were seen under. Rows that say the same are left
 * alone for a day, so that many syncs of one big repository do not queue for its row.
 * @returns our id by platform id
 */
export async function saveRepositories(
  tx: Tx,
  repositories: readonly RepositoryInput[],
  seenAt: Date,
): Promise<Map<string, string>> {
  const ordered = [...new Map(repositories.map((one) => [one.platformRepositoryId, one])).values()].sort((a, b) =>
    a.platformRepositoryId < b.platformRepositoryId ? -1 : 1,
  )
  const ids = new Map<string, string>()
  for (const repository of ordered)
    ids.set(repository.platformRepositoryId, await saveRepository(tx, repository, seenAt))
  return ids
}

async function saveRepository(tx: Tx, input: RepositoryInput, seenAt: Date): Promise<string> {
  const { platform, platformRepositoryId } = input
  const key = { platform_platformRepositoryId: { platform, platformRepositoryId } }
  const values = { ...toColumns(input), refreshedAt: seenAt }
  const data = [{ ...values, platform, platformRepositoryId }]
  await tx.repository.createMany({ data, skipDuplicates: true })
  const stored = await tx.repository.findUniqueOrThrow({ where: key })
  const isStale = seenAt.getTime() - stored.refreshedAt.getTime() > DAY_MS
  const isChanged = Object.entries(toColumns(input)).some(
    ([column, value]) =>
      !SLOW_COLUMNS.has(column) && JSON.stringify(value) !== JSON.stringify(Reflect.get(stored, column)),
  )
  if (isStale || isChanged) await tx.repository.update({ where: key, data: values })
  await keepName(tx, { platform, fullNameKey: values.fullNameKey, repositoryId: stored.id, seenAt })
  return stored.id
}

function toColumns(input: RepositoryInput) {
  const { defaultBranch, stars, license, language, topics, ownerPlatformUserId } = input
  return {
    owner: input.owner,
    name: input.name,
    fullNameKey: `${input.owner}/${input.name}`.toLowerCase(),
    url: input.url,
    isFork: input.isFork,
    isArchived: input.isArchived,
    isPrivate: input.isPrivate,
    ...(ownerPlatformUserId === null ? {} : { ownerPlatformUserId }),
    ...(defaultBranch === null ? {} : { defaultBranch }),
    ...(stars === null ? {} : { stars }),
    ...(license === null ? {} : { license }),
    ...(language === null ? {} : { language }),
    ...(topics === null ? {} : { topics: [...topics] }),
  } satisfies Prisma.RepositoryUpdateInput
}

async function keepName(tx: Tx, name: Prisma.RepositoryNameCreateManyInput): Promise<void> {
  await tx.repositoryName.createMany({ data: [name], skipDuplicates: true })
}
