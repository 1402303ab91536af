import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { listContributions } from '@/lib/contributions/list-contributions'
import { listContributionsQuery } from '@/lib/contributions/schema'
import type { ContributionView } from '@/lib/contributions/view'
import type { Platform } from '@/lib/domain/platform'
import { makeMember, type TestMember } from '@/tests/factories'
import {
  catalogWordOf,
  nameOf,
  type RealAuthor,
  type RealFiles,
  type RealRow,
  readCatalogLines,
  readRealFiles,
} from './real-contributions/files'
import { chooseAuthors } from './real-contributions/sample'
import { openSyncWorld, type SyncWorld } from './sync/sync-world'

const directory = fileURLToPath(new URL('../../../shared/contributions', import.meta.url))
const AT_ONCE = 4
/** Taken out of the catalog here, so that owners, proposals and strangers are met too. */
const TAKEN_OUT = ['openbmb/chatdev', 'tencent/ncnn', 'baichuan-inc/*', 'baichuan-inc/baichuan2']

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

type Linked = {
  author: RealAuthor
  rows: RealRow[]
  member: TestMember
  traits: string[]
  views: Map<string, ContributionView>
}

describe.skipIf(!existsSync(directory))('real contributions (skipped where ../shared/contributions is absent)', () => {
  const lines = readCatalogLines(new URL('../../prisma/seed/catalog.tsv', import.meta.url)).filter(
    ({ names }) => !TAKEN_OUT.includes(names[0] ?? ''),
  )
  let world: SyncWorld
  let files: RealFiles
  let linked: Linked[]

  beforeAll(async () => {
    files = readRealFiles(directory)
    world = await openSyncWorld({ world: { contributionsDirectory: directory } })
    for (const key of TAKEN_OUT) {
      const [ownerKey = '', name = ''] = key.split('/')
      await world.db.catalogEntry.deleteMany({ where: { ownerKey, nameKey: name === '*' ? '' : name } })
    }
    const isOwnerWide = ({ rows }: RealAuthor) =>
      rows.some(({ platform, repo }) => catalogWordOf(lines, platform, repo).isOwnerWide)
    const waiting = [...chooseAuthors(files, isOwnerWide)]
    linked = []
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift())
        linked.push(await linkAndSync({ world, files }, ...next))
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
  })
  afterAll(() => world.close())

  test('the sample meets every way of counting and not counting', () => {
    const codes = new Set(linked.flatMap(({ views }) => [...views.values()].flatMap(blocking)))
    for (const code of ['reverted', 'other_branch', 'duplicate', 'trivial', 'catalog_proposed', 'not_in_catalog']) {
      expect(codes).toContain(code)
    }
    expect(linked.length).toBeGreaterThanOrEqual(12)
    expect(new Set(linked.map(({ author }) => author.platform)).size).toBe(2)
  })

  test('exactly the rows of each author are there', () => {
    for (const one of linked) {
      const wanted = rowsThatArrive(one, lines).map(nameOf).sort()
      const rows = [...one.views].filter(([, view]) => !isMirrorOfMine(view)).map(([name]) => name)
      expect({ author: titleOf(one), rows: rows.sort() }).toEqual({ author: titleOf(one), rows: wanted })
    }
  })

  test('each row counts, or has exactly the reasons that the files give', () => {
    for (const one of linked) {
      for (const row of rowsThatArrive(one, lines)) {
        const view = one.views.get(nameOf(row))
        const found = view ? blocking(view).filter((code) => code !== 'duplicate') : ['missing']
        const expected = expectedReasons(row, files, lines)
        expect({ row: nameOf(row), of: titleOf(one), codes: found }).toEqual({
          row: nameOf(row),
          of: titleOf(one),
          codes: expected,
        })
      }
    }
  })

  test('of each mirrored pair one counts and the other is its duplicate; nothing else is one', () => {
    for (const { rows, traits, views } of linked) {
      const duplicates = [...views].filter(([, view]) => blocking(view).includes('duplicate'))
      const mirrored = traits.includes('mirrored')
        ? rows.filter((row) => files.mirrors.has(nameOf(row)) && !isReverted(row))
        : []
      expect(duplicates).toHaveLength(mirrored.length)
      for (const row of mirrored) {
        const pair = [views.get(nameOf(row)), views.get(mirrorNameOf(row, files))]
        expect(pair.map((view) => view !== undefined && blocking(view).includes('duplicate')).sort()).toEqual([
          false,
          true,
        ])
      }
    }
  })
})

type Place = { world: SyncWorld; files: RealFiles }

/** One member a person; who is mirrored on the other platform links the account there too. */
async function linkAndSync({ world, files }: Place, author: RealAuthor, traits: string[]): Promise<Linked> {
  const member = await makeMember(world, world.university)
  const platforms: Platform[] = traits.includes('mirrored') ? ['github', 'gitee'] : [author.platform]
  const rows: RealRow[] = []
  for (const platform of platforms) {
    const own = platform === author.platform ? author : findByLogin(files, platform, author.login)
    const known = own?.platformUserId ?? null
    const id = known ?? world.outside.sandbox.context.world.findAccountByLogin(platform, author.login)?.id
    if (id === undefined) throw new Error(`${author.login} has no account at ${platform}`)
    await world.sync(await world.link(platform, id, member))
    rows.push(...(own?.rows ?? []))
  }
  return { author, rows, member, traits, views: await readViews(member) }
}

function findByLogin(files: RealFiles, platform: Platform, login: string): RealAuthor | null {
  return (
    files.authors.find((one) => one.platform === platform && one.login.toLowerCase() === login.toLowerCase()) ?? null
  )
}

async function readViews({ actor }: TestMember): Promise<Map<string, ContributionView>> {
  const views = new Map<string, ContributionView>()
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof listContributions>> = await listContributions(
      actor,
      listContributionsQuery.parse({ filter: 'all', termId: null, platform: null, cursor }),
    )
    for (const view of page.items) {
      views.set(nameOf({ platform: view.platform, repo: view.repository, number: view.number }), view)
    }
    cursor = page.nextCursor
  } while (cursor !== null)
  return views
}

type Lines = ReturnType<typeof readCatalogLines>

function titleOf({ author, traits }: Linked): string {
  return `${author.platform} ${author.login} (${traits.join(', ')})`
}

function blocking(view: ContributionView): string[] {
  return view.reasons.filter(({ blocks }) => blocks).map(({ code }) => code)
}

/** GitHub lists all that an account did; at Gitee the catalogued repositories alone are asked. */
function rowsThatArrive({ rows }: Linked, lines: Lines): RealRow[] {
  return rows.filter(
    ({ platform, repo }) => platform === 'github' || catalogWordOf(lines, platform, repo).status === 'included',
  )
}

/** Mirrors are made by the sandbox, under numbers that no row has. */
function isMirrorOfMine({ number }: ContributionView): boolean {
  return number > 90_000
}

function mirrorNameOf(row: RealRow, files: RealFiles): string {
  const platform = row.platform === 'github' ? 'gitee' : 'github'
  return nameOf({ platform, repo: files.mirrors.get(nameOf(row)) ?? '', number: 90_000 + row.number })
}

function isReverted(row: RealRow): boolean {
  return row.reverted_by !== null || Boolean(row.reverted_by_sha)
}

/** In the order in which the app gives its reasons. */
function expectedReasons(row: RealRow, { mainBranches }: RealFiles, lines: Lines): string[] {
  const { status } = catalogWordOf(lines, row.platform, row.repo)
  const main = mainBranches.get(`${row.platform}/${row.repo}`)
  const isElsewhere =
    row.base_branch !== main && ![row.base_branch, main].every((one) => /^(main|master)$/.test(one ?? ''))
  return [
    ...(isReverted(row) ? ['reverted'] : []),
    ...(status === 'unknown' ? ['not_in_catalog'] : []),
    ...(status === 'proposed' ? ['catalog_proposed'] : []),
    ...(isElsewhere ? ['other_branch'] : []),
    ...(row.additions + row.deletions <= 2 ? ['trivial'] : []),
  ]
}
