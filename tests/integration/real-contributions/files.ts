import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { PLATFORMS, type Platform } from '@/lib/domain/platform'

const rowSchema = z.object({
  platform: z.enum(PLATFORMS),
  repo: z.string(),
  number: z.int(),
  author: z.string(),
  author_id: z.int().nullable(),
  merged_at: z.iso.datetime({ offset: true }),
  additions: z.int(),
  deletions: z.int(),
  changed_files: z.int(),
  base_branch: z.string(),
  reverted_by: z.int().nullable(),
  reverted_by_sha: z.string().nullish(),
  stat_partial: z.boolean().optional(),
})
export type RealRow = z.infer<typeof rowSchema>

const duplicateSchema = z.object({
  platform: z.enum(PLATFORMS),
  repo: z.string(),
  number: z.int(),
  also_in: z.string(),
})

export type RealAuthor = { platform: Platform; platformUserId: number | null; login: string; rows: RealRow[] }
export type RealFiles = {
  authors: readonly RealAuthor[]
  /** By `platform/repo`: the branch that most rows name. */
  mainBranches: ReadonlyMap<string, string>
  /** By {@link nameOf} a row: the repository on the other platform that has the same commit. */
  mirrors: ReadonlyMap<string, string>
}

/** The files of the folder as its README says to read them; written apart from the sandbox's reader on purpose. */
export function readRealFiles(directory: string): RealFiles {
  const folders = PLATFORMS.filter((platform) => existsSync(path.join(directory, platform)))
  const rows = folders
    .flatMap((platform) =>
      readdirSync(path.join(directory, platform)).flatMap((file) => readLines(path.join(directory, platform, file))),
    )
    .map((line) => rowSchema.parse(line))
  const duplicates = readLines(path.join(directory, 'mirrored-duplicates.jsonl')).map((l) => duplicateSchema.parse(l))
  return {
    authors: authorsOf(rows),
    mainBranches: mainBranchesOf(rows),
    mirrors: new Map(duplicates.map((duplicate) => [nameOf(duplicate), duplicate.also_in])),
  }
}

export function nameOf(row: { platform: string; repo: string; number: number }): string {
  return `${row.platform}/${row.repo}#${row.number}`
}

function readLines(file: string): unknown[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line))
}

function authorsOf(rows: readonly RealRow[]): RealAuthor[] {
  const loginKey = (row: RealRow) => `${row.platform}/${row.author.toLowerCase()}`
  const idOf = new Map(rows.flatMap((row) => (row.author_id === null ? [] : [[loginKey(row), row.author_id]])))
  const groups = Map.groupBy(rows, (row) => {
    const id = row.author_id ?? idOf.get(loginKey(row))
    return id === undefined ? loginKey(row) : `${row.platform}/${id}`
  })
  return [...groups.values()].flatMap((own) => {
    const newest = own.toSorted((a, b) => Date.parse(b.merged_at) - Date.parse(a.merged_at))[0]
    if (!newest) return []
    const platformUserId = newest.author_id ?? idOf.get(loginKey(newest)) ?? null
    return [{ platform: newest.platform, platformUserId, login: newest.author, rows: own }]
  })
}

function mainBranchesOf(rows: readonly RealRow[]): Map<string, string> {
  const byRepository = Map.groupBy(rows, ({ platform, repo }) => `${platform}/${repo}`)
  return new Map(
    [...byRepository].map(([repository, own]) => {
      const byBranch = [...Map.groupBy(own, ({ base_branch }) => base_branch)]
      return [repository, byBranch.toSorted((a, b) => b[1].length - a[1].length)[0]?.[0] ?? '']
    }),
  )
}

type CatalogLine = { platform: string; owner: string; name: string; status: string; landing: string; names: string[] }

/** What the catalog's files say of a repository: its own line by any of its names, else its owner's; other homes have lines too. */
export function readCatalogLines(file: URL): CatalogLine[] {
  const lines = readEntryLines(file)
  const homes = readRows(new URL('catalog-homes.tsv', file)).flatMap(
    ([platform, owner, name, at, homeOwner, homeName, , role]) => {
      const line = lines.find((one) => one.platform === platform && one.owner === owner && one.name === name)
      if (line === undefined || at === undefined) return []
      const names = [`${homeOwner}/${homeName}`.toLowerCase()]
      const landing = role === 'mirror' ? 'none' : line.landing
      return [{ ...line, platform: at, owner: homeOwner ?? '', name: homeName ?? '', landing, names }]
    },
  )
  return [...lines, ...homes]
}

function readRows(file: URL): string[][] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines
    .slice(1)
    .filter(Boolean)
    .map((line) => line.split('\t'))
}

function readEntryLines(file: URL): CatalogLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(1)
    .filter(Boolean)
    .map((line) => {
      const [platform = '', owner = '', name = '', , , , status = '', landing = '', , , former = ''] = line.split('\t')
      const names = [`${owner}/${name}`, ...former.split(' ')].map((one) => one.toLowerCase())
      return { platform, owner, name, status, landing, names }
    })
}

export function catalogWordOf(lines: readonly CatalogLine[], platform: string, repo: string) {
  const own = lines.find((line) => line.platform === platform && line.names.includes(repo.toLowerCase()))
  const owner = lines.find(
    (line) => line.platform === platform && line.names.includes(`${repo.split('/')[0]}/*`.toLowerCase()),
  )
  const line = own ?? owner
  return { status: line?.status ?? 'unknown', isOwnerWide: own === undefined && owner !== undefined }
}
