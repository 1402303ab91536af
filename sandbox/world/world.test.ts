import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoPeople } from './demo-people'
import { createWorld } from './index'
import { PLATFORMS, type Platform, type PullRequest, type PullRequestFilter, TRAPS, type World } from './types'

function allOf(world: World, filter: PullRequestFilter): readonly PullRequest[] {
  const list = world.listPullRequests(filter)
  return Array.from({ length: list.length }, (_, index) => list.at(index)).filter((pull) => pull !== undefined)
}

function trapped(world: World, platform: Platform, trap: (typeof TRAPS)[number]): readonly PullRequest[] {
  return allOf(world, { platform }).filter(({ traps }) => traps.includes(trap))
}

describe('the small world', () => {
  const world = createWorld()
  const everything = PLATFORMS.flatMap((platform) => allOf(world, { platform }))

  test('has the size it promises', () => {
    expect(everything.length).toBeGreaterThanOrEqual(850)
    expect(everything.length).toBeLessThanOrEqual(1000)
  })

  test.each(TRAPS)('holds the trap %s', (trap) => {
    expect(everything.some(({ traps }) => traps.includes(trap))).toBe(true)
  })

  test('is the same every time', () => {
    const again = createWorld()
    expect(allOf(again, { platform: 'github' })).toEqual(allOf(world, { platform: 'github' }))
  })

  test('gives every demo account its pull requests', () => {
    for (const { key, github, gitee, gitcode, huggingface } of demoPeople) {
      if (github) expect(allOf(world, { platform: 'github', authorId: github.id }).length, key).toBeGreaterThan(8)
      if (gitee) expect(allOf(world, { platform: 'gitee', authorId: gitee.id }).length, key).toBeGreaterThan(4)
      if (gitcode) expect(allOf(world, { platform: 'gitcode', authorId: gitcode.id }).length, key).toBeGreaterThan(8)
      if (huggingface) {
        const own = allOf(world, { platform: 'huggingface', authorId: huggingface.id })
        expect(own.length, key).toBeGreaterThan(7)
      }
    }
  })

  test('adds up: files to the pull request, patches to the files', () => {
    for (const pull of everything) {
      const { files } = world.getDetails(pull)
      expect(files.length).toBe(pull.changedFiles)
      expect(files.reduce((sum, file) => sum + file.additions, 0)).toBe(pull.additions)
      expect(files.reduce((sum, file) => sum + file.deletions, 0)).toBe(pull.deletions)
    }
    const pull = everything[10]
    for (const file of pull ? world.getDetails(pull).files : []) {
      const lines = pull ? world.getPatch(pull, file).split('\n') : []
      expect(lines.filter((line) => line.startsWith('+')).length).toBe(file.additions)
      expect(lines.filter((line) => line.startsWith('-')).length).toBe(file.deletions)
    }
  })

  test('never opens after it closes, and ends before now', () => {
    for (const { createdAt, closedAt, updatedAt } of everything) {
      if (closedAt) expect(closedAt >= createdAt).toBe(true)
      expect(updatedAt >= createdAt).toBe(true)
      expect(updatedAt < new Date('2026-11-25T00:00:00Z')).toBe(true)
    }
  })

  test('gives mirrors the same commit and cherry-picks the same content', () => {
    const mirrors = everything.filter(({ mirrorOf }) => mirrorOf)
    expect(mirrors.length).toBeGreaterThan(1)
    for (const mirror of mirrors) {
      const original = mirror.mirrorOf && world.findPullRequest(mirror.mirrorOf)
      expect(original?.landing?.sha).toBe(mirror.landing?.sha)
      expect(original && world.getDetails(original).files).toEqual(world.getDetails(mirror).files)
    }
    for (const pick of everything.filter(({ cherryPickOf }) => cherryPickOf)) {
      const original = pick.cherryPickOf && world.findPullRequest(pick.cherryPickOf)
      expect(pick.landing?.sha).not.toBe(original?.landing?.sha)
      expect(pick.landing?.message).toContain(`(cherry picked from commit ${original?.landing?.sha})`)
    }
  })

  test('keeps the label after a revert, and lands again with the next one', () => {
    const open = trapped(world, 'github', 'pytorch_reverted').find(({ state }) => state === 'open')
    expect(open?.labels).toEqual(expect.arrayContaining(['Merged', 'Reverted']))
    const again = trapped(world, 'github', 'pytorch_relanded')[0]
    expect(again?.labels).toContain('MergedX2')
    const events = again ? world.getDetails(again).events : []
    expect(events.map(({ kind }) => kind).filter((kind) => kind === 'closed' || kind === 'reopened')).toEqual([
      'closed',
      'reopened',
      'closed',
    ])
  })

  test('finds a renamed repository by its former name, and a stranger by a reused login', () => {
    expect(world.findRepositoryByName('github', 'volcengine', 'verl')?.owner).toBe('verl-project')
    const renamed = trapped(world, 'github', 'renamed_account')[0]
    const stranger = world.findAccountByLogin('github', 'yihansun')
    expect(stranger?.id).not.toBe(renamed?.authorId)
    expect(renamed && world.findAccount('github', renamed.authorId)?.formerLogins).toContain('yihansun')
  })

  test('shows the commits of landings on their branch, also in the mirror', () => {
    const landed = everything.find(({ platform, repositoryId, landing }) => {
      return platform === 'gitee' && repositoryId === 8210001 && landing?.branch === 'master'
    })
    const sha = landed?.landing?.sha ?? ''
    expect(world.findCommit('gitee', 8210001, sha)?.sha).toBe(sha)
    expect(world.findCommit('github', 239714835, sha)?.sha).toBe(sha)
  })

  test('moves a project: nothing at the old home since, the last commits at both', () => {
    const at = (platform: Platform, repositoryId: number) => allOf(world, { platform, repositoryId })
    const old = at('gitee', 8210007)
    const lastAtGitee = Math.max(...old.map(({ createdAt }) => createdAt.getTime()))
    expect(lastAtGitee).toBeLessThan(Date.parse('2025-09-13'))
    const since = at('gitcode', 3010001).filter(({ mirrorOf }) => mirrorOf === null)
    expect(since.length).toBeGreaterThan(5)
    expect(since.every(({ createdAt }) => createdAt.getTime() > lastAtGitee)).toBe(true)
    const along = at('gitcode', 3010001).filter(({ mirrorOf }) => mirrorOf !== null)
    const shas = new Set(old.map(({ landing }) => landing?.sha))
    expect(along.map(({ landing }) => shas.has(landing?.sha ?? ''))).toEqual([true, true])
    const { sha = '', message = '' } = along[0]?.landing ?? {}
    expect(message).toMatch(/^!\d+ .*\nMerge pull request/)
    expect(world.findCommit('gitcode', 3010001, sha)?.sha).toBe(sha)
  })

  test('changes when a test says so', () => {
    const changing = createWorld()
    const pull = changing.listPullRequests({ platform: 'github' }).at(30)
    if (!pull) throw new Error('the world is empty')
    changing.changePullRequest(pull, { updatedAt: new Date('2026-11-24T00:00:00Z'), title: 'Touched' })
    expect(changing.listPullRequests({ platform: 'github' }).at(0)?.title).toBe('Touched')
    changing.changeAccount('github', 71204501, { login: 'linyue-renamed' })
    expect(changing.findAccountByLogin('github', 'linyue-dev')).toBeNull()
    expect(changing.findAccountByLogin('github', 'linyue-renamed')?.formerLogins).toEqual(['linyue-dev'])
  })
})

describe('a big world', () => {
  const world = createWorld({ peopleCount: 2_000, pullRequestCount: 30_000 })

  test('has that many pull requests, demo people and traps among them', () => {
    expect(PLATFORMS.reduce((sum, platform) => sum + world.countPullRequests(platform), 0)).toBe(30_000)
    expect(world.findAccountByLogin('github', 'linyue-dev')).not.toBeNull()
  })

  test('derives the same pull request by key, by id, by author and by repository', () => {
    const pull = world.listPullRequests({ platform: 'github' }).at(1000)
    if (!pull) throw new Error('the world is empty')
    expect(world.findPullRequest(pull)).toEqual(pull)
    expect(world.findPullRequestById('github', pull.id)).toEqual(pull)
    const { authorId, repositoryId } = pull
    expect(allOf(world, { platform: 'github', authorId }).map(({ id }) => id)).toContain(pull.id)
    expect(allOf(world, { platform: 'github', repositoryId }).map(({ id }) => id)).toContain(pull.id)
    expect(world.findAccount('github', authorId)?.id).toBe(authorId)
  })

  test('lists newest first', () => {
    const times = allOf(world, { platform: 'gitee' }).map(({ updatedAt }) => updatedAt.getTime())
    expect(times).toEqual(times.toSorted((a, b) => b - a))
  })
})

describe('a contributions folder', () => {
  let directory = ''
  const row = {
    platform: 'github',
    repo: 'example-lab/kit',
    number: 7,
    title: 'Fix the sampler',
    author: 'ada',
    author_id: null,
    authored_at: '2026-03-01T10:00:00+08:00',
    merged_at: '2026-03-02T10:00:00+08:00',
    merge_commit_sha: 'a'.repeat(40),
    additions: 12,
    deletions: 3,
    changed_files: 3,
    top_paths: [{ path: 'src/sampler.py', add: 9, del: 3 }],
    co_authors: ['bo'],
    base_branch: 'main',
    reverted_by: 9,
  }

  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'contributions-'))
    mkdirSync(path.join(directory, 'github'))
    mkdirSync(path.join(directory, 'gitee'))
    const rows = [
      row,
      { ...row, number: 8, author: 'old-ada', author_id: 77, merged_at: '2026-01-02T10:00:00Z', reverted_by: null },
      {
        ...row,
        number: 9,
        author: 'Ada',
        author_id: 77,
        merged_at: '2026-04-02T10:00:00Z',
        reverted_by: null,
        merge_commit_sha: 'b'.repeat(40),
      },
    ]
    writeFileSync(
      path.join(directory, 'github', 'example-lab__kit.jsonl'),
      rows.map((one) => JSON.stringify(one)).join('\n'),
    )
    const gitee = {
      ...row,
      platform: 'gitee',
      repo: 'example/kit',
      reverted_by: null,
      merge_commit_sha: 'c'.repeat(40),
    }
    writeFileSync(path.join(directory, 'gitee', 'example__kit.jsonl'), JSON.stringify(gitee))
    const duplicate = {
      platform: 'github',
      repo: row.repo,
      number: 7,
      merge_commit_sha: row.merge_commit_sha,
      also_in: 'example/kit',
    }
    writeFileSync(path.join(directory, 'mirrored-duplicates.jsonl'), JSON.stringify(duplicate))
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  test('makes one account of an id with two logins, and gives a row without an id that of its login', () => {
    const world = createWorld({ contributionsDirectory: directory })
    const ada = world.findAccountByLogin('github', 'ada')
    expect(ada?.id).toBe(77)
    expect(ada?.formerLogins).toEqual(['old-ada'])
    expect(
      allOf(world, { platform: 'github', authorId: 77 })
        .map(({ number }) => number)
        .sort(),
    ).toEqual([7, 8, 9])
    expect(world.findAccountByLogin('github', 'bo')).not.toBeNull()
  })

  test('makes the mirror with the same commit, and the revert', () => {
    const world = createWorld({ contributionsDirectory: directory })
    const repository = world.findRepositoryByName('github', 'example-lab', 'kit')
    const original = world.findPullRequest({ platform: 'github', repositoryId: repository?.id ?? 0, number: 7 })
    expect(original?.revertedBy?.number).toBe(9)
    const mirror = allOf(world, { platform: 'gitee' }).find(({ mirrorOf }) => mirrorOf)
    expect(mirror?.mergeCommitSha).toBe(row.merge_commit_sha)
    const files = original ? world.getDetails(original).files : []
    expect(files[0]).toMatchObject({ path: 'src/sampler.py', additions: 9, deletions: 3 })
    expect(files.reduce((sum, file) => sum + file.additions, 0)).toBe(12)
  })

  test('names the line that is not as described', () => {
    const broken = mkdtempSync(path.join(tmpdir(), 'contributions-broken-'))
    mkdirSync(path.join(broken, 'github'))
    writeFileSync(
      path.join(broken, 'github', 'a__b.jsonl'),
      `${JSON.stringify(row)}\n${JSON.stringify({ ...row, number: -1 })}`,
    )
    expect(() => createWorld({ contributionsDirectory: broken })).toThrow(/a__b\.jsonl:2/)
    rmSync(broken, { recursive: true, force: true })
  })
})
