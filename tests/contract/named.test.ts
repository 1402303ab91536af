import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ContributionAddress } from '@/lib/domain/contribution-address'
import { parseContributionAddress } from '@/lib/domain/contribution-address'
import { MERGED, MIRROR } from '@/lib/domain/landing-rule'
import { PLATFORMS, type Platform } from '@/lib/domain/platform'
import { type NamedCall, readNamed } from '@/lib/platforms/named-contribution'
import { isPlatformError } from '@/lib/platforms/platform-error'
import type { Credential } from '@/lib/platforms/port'
import { platformBaseUrls } from '@/lib/platforms/registry'
import { revertCommit, revertPullRequest } from '@/sandbox/world/changes'
import { DIRECT_COMMITS_IN, directCommitSha } from '@/sandbox/world/small/direct-commits'
import { EXPECTATIONS } from './expectations'
import { openPlatformSandbox, type PlatformSandbox, serviceCredential } from './platform-sandbox'

const LIN_YUE = '71204501'
const CHEN_SIYUAN = '71204502'
const WANG_RUOXI = '71204511'
const TRL = { owner: 'huggingface', name: 'trl' }

let world: PlatformSandbox
let atGitHub: Credential
beforeAll(async () => {
  world = await openPlatformSandbox()
  atGitHub = await world.credentialOf('github', Number(LIN_YUE))
})
afterAll(() => world.close())
beforeEach(() => world.sandbox.faults.clear())

const port = (platform: Platform) => world.platforms[platform]
const asking = (platform: Platform) => ({ credential: platform === 'github' ? atGitHub : serviceCredential(platform) })

function call(own: readonly string[], over: Partial<NamedCall> = {}): NamedCall {
  return {
    credential: atGitHub,
    landingRules: MERGED,
    acceptedBranches: [],
    ownPlatformUserIds: own,
    ...over,
  }
}

function addressAt(path: string): ContributionAddress {
  const parsed = parseContributionAddress(`${world.settings.github.webUrl}/${path}`, platformBaseUrls(world.settings))
  if (!parsed.ok) throw new Error(parsed.code)
  return parsed.address
}

const read = (path: string, given: NamedCall) => readNamed(port('github'), addressAt(path), given)

async function found(path: string, given: NamedCall) {
  const result = await read(path, given)
  if ('refused' in result || result.found === null) throw new Error(`nothing: ${JSON.stringify(result)}`)
  return result.found
}

async function refusal(path: string, given: NamedCall): Promise<string> {
  const result = await read(path, given)
  return 'refused' in result ? result.refused.code : JSON.stringify(result)
}

describe.each(PLATFORMS)('what a person names at %s', (platform) => {
  const { offers } = EXPECTATIONS[platform]
  const place = { owner: 'no', name: 'such-thing' }

  test('is read, or said not to be offered without a request', async () => {
    const before = world.sandbox.log.lastSequence
    const answers = {
      commit: await port(platform).readCommit({ ...place, sha: 'a'.repeat(40), branches: [], ...asking(platform) }),
      review: await port(platform).readReview({ ...place, number: 1, of: 'review', id: '1', ...asking(platform) }),
      release: await port(platform).readRelease({ ...place, ...asking(platform) }),
    }
    for (const kind of ['commit', 'review', 'release'] as const) {
      expect(answers[kind]).toEqual(offers[kind] ? { offered: true, found: null } : { offered: false })
    }
    const isAny = Object.values(offers).includes(true)
    expect(world.sandbox.log.since(before).length > 0).toBe(isAny)
  })

  test('what it does not offer is refused by name', async () => {
    const address = { platform, ...place, kind: 'commit', sha: 'a'.repeat(40) } as const
    const result = await readNamed(port(platform), address, call([], asking(platform)))
    expect('refused' in result ? result.refused.code : null).toBe(offers.commit ? null : 'kind_not_offered')
  })

  test('a platform that fails says how', async () => {
    if (!offers.commit && !offers.release) return
    world.sandbox.faults.add({ match: {}, kind: 'rate_limit', times: 9, afterMatches: 0, retryAfterSeconds: 120 })
    const failed = await (offers.commit
      ? port(platform).readCommit({ ...place, sha: 'a'.repeat(40), branches: [], ...asking(platform) })
      : port(platform).readRelease({ ...place, ...asking(platform) })
    ).catch((error: unknown) => error)
    expect(isPlatformError(failed, 'rate_limited')).toBe(true)
  })
})

describe('a commit at GitHub', () => {
  const joint = directCommitSha('joint')

  test('is read with files, branch, author and co-authors by id, and no address', async () => {
    const answer = await port('github').readCommit({ ...TRL, sha: joint, branches: [], ...asking('github') })
    const commit = answer.offered ? answer.found : null
    expect(commit).toMatchObject({
      sha: joint,
      branch: 'main',
      author: { platformUserId: LIN_YUE, type: 'user' },
      coAuthors: [{ platformUserId: WANG_RUOXI }],
      isMerge: false,
      pullRequestNumber: null,
      filesTruncated: false,
    })
    expect(commit?.files).toMatchObject([{ additions: 64, deletions: 0 }])
    expect(JSON.stringify({ ...commit, files: [] })).not.toMatch(/[\w.+-]+@[\w-]+\.[\w.]+/)
  })

  test('is one contribution of both, found by a short sha as well', async () => {
    for (const sha of [joint, joint.slice(0, 12)]) {
      const one = await found(`huggingface/trl/commit/${sha}`, call([WANG_RUOXI]))
      expect(one).toMatchObject({ kind: 'commit', ref: joint, coAuthors: [{ platformUserId: WANG_RUOXI }] })
      expect(one.landing).toMatchObject({ state: 'landed', commitSha: joint })
      expect(one.seen).toMatchObject({ number: 0, additions: 64, baseBranch: 'main', authorPlatformUserId: LIN_YUE })
      expect(one.seen.patchId).toMatch(/^[0-9a-f]{40}$/)
    }
  })

  test('counts nowhere but on a branch that counts', async () => {
    const path = `huggingface/trl/commit/${directCommitSha('side-branch')}`
    expect(await refusal(path, call([LIN_YUE]))).toBe('commit_not_landed')
    const accepted = await found(path, call([LIN_YUE], { acceptedBranches: ['wip/replay-buffer'] }))
    expect(accepted.seen.baseBranch).toBe('wip/replay-buffer')
    expect(await refusal(`huggingface/trl/commit/${joint}`, call([LIN_YUE], { landingRules: MIRROR }))).toBe(
      'commit_not_landed',
    )
  })

  test('a merge is nobody’s own change, and a name without an id proves nobody', async () => {
    expect(await refusal(`huggingface/trl/commit/${directCommitSha('merging')}`, call([LIN_YUE]))).toBe('merge_commit')
    const path = `huggingface/trl/commit/${directCommitSha('without-id')}`
    expect(await refusal(path, call([LIN_YUE]))).toBe('co_author_without_id')
    expect((await found(path, call([CHEN_SIYUAN]))).coAuthors).toEqual([])
  })

  test('that came with a pull request is that pull request, with who wrote it', async () => {
    const pull = world.trapped('squash_co_author')
    const one = await found(`huggingface/trl/commit/${pull.landing?.sha}`, call([LIN_YUE]))
    expect(one).toMatchObject({ kind: 'pull_request', ref: '', seen: { number: pull.number }, landing: null })
    expect(one.coAuthors.map(({ platformUserId }) => platformUserId)).toEqual([LIN_YUE, WANG_RUOXI])
  })

  test('that a later commit takes back is told as taken back, and as brought back by the revert of that', async () => {
    const { world: outside } = world.sandbox.context
    const path = `huggingface/trl/commit/${joint}`
    expect((await found(path, call([LIN_YUE]))).landing?.state).toBe('landed')
    const commit = outside.findCommit('github', DIRECT_COMMITS_IN.id, joint)
    if (!commit) throw new Error('no such commit')
    const revert = revertCommit(outside, commit, new Date('2026-11-02T00:00:00Z'))
    const { landing } = await found(path, call([LIN_YUE]))
    expect(landing).toMatchObject({ state: 'reverted', landedAt: commit.at, commitSha: joint })
    expect(landing?.proof).toContainEqual({ fact: 'reverted_by', value: revert.sha })
    revertCommit(outside, revert, new Date('2026-11-03T00:00:00Z'))
    expect((await found(path, call([LIN_YUE]))).landing?.state).toBe('landed')
  })

  test('that is not there is nothing', async () => {
    expect(await read(`huggingface/trl/commit/${'b'.repeat(40)}`, call([]))).toEqual({ found: null })
    expect(await read(`no/body/commit/${joint}`, call([]))).toEqual({ found: null })
  })
})

describe('a pull request at GitHub', () => {
  test('of somebody else names its co-authors by the commit that landed it; of one’s own nothing more is asked', async () => {
    const pull = world.trapped('squash_co_author')
    const path = `huggingface/trl/pull/${pull.number}`
    const one = await found(path, call([WANG_RUOXI]))
    expect(one.coAuthors.map(({ platformUserId }) => platformUserId)).toEqual([LIN_YUE, WANG_RUOXI])
    const before = world.sandbox.log.lastSequence
    expect((await found(path, call([String(pull.authorId)]))).coAuthors).toEqual([])
    expect(world.sandbox.log.since(before)).toHaveLength(1)
  })
})

describe('a review at GitHub', () => {
  const pull = () => world.trapped('squash_co_author')
  const reviews = () => world.sandbox.context.world.getDetails(pull()).reviews
  const own = () => reviews().find(({ authorId }) => String(authorId) === CHEN_SIYUAN)

  test('is read by its own id and by a remark in it, and is one a person and pull request', async () => {
    for (const mark of [`#pullrequestreview-${own()?.id}`, `#discussion_r${own()?.id}`]) {
      const one = await found(`huggingface/trl/pull/${pull().number}${mark}`, call([CHEN_SIYUAN]))
      expect(one).toMatchObject({
        kind: 'review',
        ref: CHEN_SIYUAN,
        seen: { number: pull().number, authorPlatformUserId: CHEN_SIYUAN, additions: null },
        landing: { state: 'landed', commitSha: null, landedAt: pull().mergedAt },
      })
      expect(one.landing?.proof).toContainEqual({ fact: 'review', value: 'changes_requested' })
    }
  })

  test('of one’s own pull request is none, nor one after it landed, nor one of what never landed', async () => {
    const path = `huggingface/trl/pull/${pull().number}#pullrequestreview-${own()?.id}`
    expect(await refusal(path, call([CHEN_SIYUAN, String(pull().authorId)]))).toBe('review_of_own')
    expect(await refusal(path, call([CHEN_SIYUAN], { landingRules: MIRROR }))).toBe('not_merged')
    const { repositoryId, number, platform, mergedAt } = pull()
    const key = { platform, repositoryId, number }
    world.sandbox.context.world.changePullRequest(key, { mergedAt: new Date('2026-10-01T00:00:00Z') })
    const late = await refusal(path, call([CHEN_SIYUAN]))
    world.sandbox.context.world.changePullRequest(key, { mergedAt })
    expect(late).toBe('review_too_late')
  })

  test('of what was taken back is told as taken back', async () => {
    const { world: outside } = world.sandbox.context
    const path = `huggingface/trl/pull/${pull().number}#pullrequestreview-${own()?.id}`
    revertPullRequest(outside, pull(), new Date('2026-11-05T00:00:00Z'))
    const { landing } = await found(path, call([CHEN_SIYUAN]))
    outside.changePullRequest(pull(), { revertedBy: null })
    expect(landing).toMatchObject({ state: 'reverted', landedAt: pull().mergedAt, commitSha: null })
    expect(landing?.proof.map(({ fact }) => fact)).toEqual(expect.arrayContaining(['review', 'reverted_by']))
  })

  test('of another number is nothing', async () => {
    expect(await read(`huggingface/trl/pull/1#pullrequestreview-${own()?.id}`, call([]))).toEqual({ found: null })
  })
})

describe('a release at Hugging Face', () => {
  const release = (owner: string, name: string, kind: 'model' | 'dataset') =>
    readNamed(port('huggingface'), { platform: 'huggingface', owner, name, kind }, call([], asking('huggingface')))

  test('is a person’s, with its facts', async () => {
    const result = await release('linyue-hf', 'qwen2.5-0.5b-campus-qa', 'model')
    if ('refused' in result || result.found === null) throw new Error('nothing')
    const { kind, seen, landing } = result.found
    expect(kind).toBe('model')
    expect(seen).toMatchObject({ number: 0, authorLogin: 'linyue-hf', repository: { license: 'apache-2.0' } })
    expect(seen.authorPlatformUserId).toBe(seen.repository.ownerPlatformUserId)
    expect(landing?.landedAt).toEqual(seen.createdAt)
    expect(landing?.proof).toEqual(
      expect.arrayContaining([
        { fact: 'license', value: 'apache-2.0' },
        { fact: 'card', value: 'yes' },
        { fact: 'downloads', value: '1840' },
        { fact: 'likes', value: '37' },
      ]),
    )
  })

  test('a dataset without a card says so', async () => {
    const result = await release('datasets/linyue-hf', 'campus-dialogues', 'dataset')
    const proof = 'found' in result ? result.found?.landing?.proof : []
    expect(proof).toEqual(
      expect.arrayContaining([
        { fact: 'card', value: 'no' },
        { fact: 'license', value: '' },
      ]),
    )
  })

  test('of an organisation is nobody’s own, and what is not there is nothing', async () => {
    const refused = await release('BAAI', 'bge-m3', 'model')
    expect('refused' in refused ? refused.refused.code : null).toBe('organisation_release')
    expect(await release('linyue-hf', 'no-such-model', 'model')).toEqual({ found: null })
  })
})
