import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { patchIdOfFiles } from '@/lib/domain/patch-id'
import { findOwnNumber } from '@/lib/domain/revert'
import { findCherryPickSources, findLikelyCopies, groupWorks, type WorkGroup } from '@/lib/domain/work'
import { createWorld } from '@/sandbox/world'
import type { Platform, PullRequest, World } from '@/sandbox/world/types'

const directory = fileURLToPath(new URL('../../../shared/contributions', import.meta.url))

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const keyOf = ({ platform, repositoryId, number }: Pick<PullRequest, 'platform' | 'repositoryId' | 'number'>) =>
  `${platform}/${repositoryId}#${number}`

function allOf(world: World): PullRequest[] {
  return (['github', 'gitee'] as const).flatMap((platform: Platform) => {
    const list = world.listPullRequests({ platform })
    return Array.from({ length: list.length }, (_, at) => list.at(at)).filter((pull) => pull !== undefined)
  })
}

function patchIdOf(world: World, pull: PullRequest): string | null {
  const { files } = world.getDetails(pull)
  return patchIdOfFiles(files.map((file) => ({ ...file, patch: world.getPatch(pull, file) || null })))
}

/** Who bears one login on both platforms is one person here, as the mirrors of the folder are. */
function personOf(world: World, { platform, authorId }: PullRequest): string {
  return (
    world.findAccount(platform, authorId)?.login.toLowerCase() ?? keyOf({ platform, repositoryId: 0, number: authorId })
  )
}

/** One person's works, as the app finds them: by commit, by what messages say, by patch where contributions look alike. */
function worksOf(world: World, pulls: readonly PullRequest[]): WorkGroup[] {
  const sized = pulls.map((pull) => ({
    ...pull,
    contributionId: keyOf(pull),
    repositoryId: `${pull.platform}/${pull.repositoryId}`,
  }))
  const likely = new Set(findLikelyCopies(sized).map(({ contributionId }) => contributionId))
  return groupWorks(
    pulls.map((pull) => {
      const repository = world.findRepository(pull.platform, pull.repositoryId)
      const message = pull.landing?.message ?? ''
      return {
        contributionId: keyOf(pull),
        platform: pull.platform,
        repositoryId: String(pull.repositoryId),
        number: pull.number,
        landedAt: pull.landing?.at ?? pull.createdAt,
        commitShas: pull.landing ? [pull.landing.sha] : [],
        cherryPickedFrom: findCherryPickSources(message),
        patchId: likely.has(keyOf(pull)) ? patchIdOf(world, pull) : null,
        stands: pull.revertedBy === null,
        canonicalRepository: true,
        fork: false,
        onCountedBranch: pull.baseBranch === repository?.defaultBranch,
        namedByCommit: findOwnNumber(message) === pull.number,
      }
    }),
  )
}

describe.skipIf(!existsSync(directory))('copies in ../shared/contributions (skipped where it is absent)', () => {
  let world: World
  let pulls: Map<string, PullRequest>
  let groups: WorkGroup[]
  beforeAll(() => {
    world = createWorld({ contributionsDirectory: directory })
    const all = allOf(world)
    pulls = new Map(all.map((pull) => [keyOf(pull), pull]))
    groups = [...Map.groupBy(all, (pull) => personOf(world, pull)).values()].flatMap((own) => worksOf(world, own))
  })

  test('the loader makes the mirror of each line of the file', () => {
    const lines = readFileSync(`${directory}/mirrored-duplicates.jsonl`, 'utf8').split('\n').filter(Boolean)
    const mirrors = [...pulls.values()].filter(({ mirrorOf }) => mirrorOf !== null)
    expect(mirrors).toHaveLength(lines.length)
    const told = lines.map((line) => JSON.parse(line).merge_commit_sha).sort()
    expect(mirrors.map(({ landing }) => landing?.sha).sort()).toEqual(told)
  })

  test('exactly those pairs are the same commit at two places, and where it was merged is its home', () => {
    const pairs = groups.flatMap(({ proofs }) => proofs).filter(({ proof }) => proof === 'same_commit')
    const expected = [...pulls.values()].flatMap((pull) =>
      pull.mirrorOf === null ? [] : [`${keyOf(pull.mirrorOf)} = ${keyOf(pull)}`],
    )
    expect(pairs.map(({ a, b }) => `${a} = ${b}`).sort()).toEqual(expected.sort())
  })

  test('back-ports of one change count once, by the change on the main branch', () => {
    const backPorts = [...pulls.values()].filter(({ backPortOf }) => backPortOf)
    expect(backPorts.length).toBeGreaterThan(1000)
    const groupOf = new Map(groups.flatMap((group) => group.contributionIds.map((id) => [id, group])))
    const missed = backPorts.filter((pull) => {
      const group = groupOf.get(keyOf(pull))
      return pull.backPortOf && !group?.contributionIds.includes(keyOf(pull.backPortOf))
    })
    // Of these the platform shows no whole text: pictures, or more lines than it gives.
    expect(missed.every((pull) => patchIdOf(world, pull) === null)).toBe(true)
    expect(missed.length).toBeLessThan(backPorts.length / 20)
    for (const pull of backPorts) {
      const canonical = pulls.get(groupOf.get(keyOf(pull))?.canonicalContributionId ?? '')
      const original = pull.backPortOf && pulls.get(keyOf(pull.backPortOf))
      // What was taken out of the main branch is nobody's home any more.
      if (missed.includes(pull) || !canonical || original?.revertedBy) continue
      const main = world.findRepository(canonical.platform, canonical.repositoryId)?.defaultBranch
      expect(canonical.baseBranch).toBe(main)
    }
  })

  test('nothing else is taken for a copy', () => {
    for (const { contributionIds } of groups.filter((group) => group.contributionIds.length > 1)) {
      const roots = contributionIds.map((id) => {
        const pull = pulls.get(id)
        const step = pull?.mirrorOf ?? pull?.backPortOf
        const next = step && pulls.get(keyOf(step))
        return keyOf(
          next?.backPortOf ?? next?.mirrorOf ?? step ?? pull ?? { platform: 'github', repositoryId: 0, number: 0 },
        )
      })
      expect(new Set(roots).size).toBe(1)
    }
  })
})
