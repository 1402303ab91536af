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
  const inputs = [...new Map(repositories.map((one) => [one.platformRepositoryId, one])).values()].sort((a, b) =>
    a.platformRepositoryId < b.platformRepositoryId ? -1 : 1,
  )
  const platform = inputs[0]?.platform
  if (platform === undefined) return new Map()
  const where = { platform, platformRepositoryId: { in: inputs.map((input) => input.platformRepositoryId) } }
  const before = new Set(
    (await tx.repository.findMany({ where, select: { platformRepositoryId: true } })).map(
      (row) => row.platformRepositoryId,
    ),
  )
  const data = inputs
    .filter((input) => !before.has(input.platformRepositoryId))
    .map((input) => ({
      ...toColumns(input),
      platform,
      platformRepositoryId: input.platformRepositoryId,
      refreshedAt: seenAt,
    }))
  if (data.length > 0) await tx.repository.createMany({ data, skipDuplicates: true })
  const rows = new Map((await tx.repository.findMany({ where })).map((row) => [row.platformRepositoryId, row]))
  for (const input of inputs) {
    const row = rows.get(input.platformRepositoryId)
    if (row && isOutOfDate(row, input, seenAt)) {
      await tx.repository.update({ where: { id: row.id }, data: { ...toColumns(input), refreshedAt: seenAt } })
    }
  }
  const names = inputs.flatMap((input) => {
    const repositoryId = rows.get(input.platformRepositoryId)?.id
    return repositoryId ? [{ platform, fullNameKey: toColumns(input).fullNameKey, repositoryId, seenAt }] : []
  })
  await tx.repositoryName.createMany({ data: names, skipDuplicates: true })
  return new Map([...rows].map(([platformId, { id }]) => [platformId, id]))
}

function isOutOfDate(row: { refreshedAt: Date }, input: RepositoryInput, seenAt: Date): boolean {
  if (seenAt.getTime() - row.refreshedAt.getTime() > DAY_MS) return true
  return Object.entries(toColumns(input)).some(
    ([column, value]) =>
      !SLOW_COLUMNS.has(column) && JSON.stringify(value) !== JSON.stringify(Reflect.get(row, column)),
  )
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
