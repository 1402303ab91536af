import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  copyProofOf,
  findCherryPickSources,
  findLikelyCopies,
  groupWorks,
  type SizedContribution,
  type WorkCandidate,
} from './work'

const sha = (digit: string) => digit.repeat(40)

function candidate(contributionId: string, over: Partial<WorkCandidate> = {}): WorkCandidate {
  return {
    contributionId,
    platform: 'github',
    repositoryId: 'r',
    number: 1,
    landedAt: new Date('2026-01-01T00:00:00Z'),
    commitShas: [],
    cherryPickedFrom: [],
    patchId: null,
    stands: true,
    canonicalRepository: true,
    fork: false,
    onCountedBranch: true,
    namedByCommit: false,
    ...over,
  }
}

describe('groupWorks', () => {
  it('leaves works of their own alone', () => {
    const groups = groupWorks([candidate('a', { commitShas: [sha('a')] }), candidate('b', { commitShas: [sha('b')] })])
    expect(groups.map((group) => group.contributionIds)).toEqual([['a'], ['b']])
  })

  it('takes the same commit on two platforms for one work, at home in the catalogued repository', () => {
    const mirror = candidate('mirror', { platform: 'gitee', commitShas: [sha('A')], canonicalRepository: false })
    const original = candidate('original', { commitShas: [sha('a')], landedAt: new Date('2026-02-01T00:00:00Z') })
    const [group, ...others] = groupWorks([mirror, original])
    expect(others).toEqual([])
    expect(group).toMatchObject({ canonicalContributionId: 'original', contributionIds: ['original', 'mirror'] })
    expect(group?.proofs).toEqual([{ a: 'original', b: 'mirror', proof: 'same_commit', value: sha('a') }])
  })

  it('follows cherry-picks, abbreviated too, and joins two picks of one unseen commit', () => {
    const original = candidate('o', { commitShas: [`abc1234${sha('0').slice(7)}`] })
    const backport = candidate('p', {
      commitShas: [sha('1')],
      cherryPickedFrom: ['ABC1234'],
      landedAt: new Date('2026-03-01'),
    })
    const other = candidate('q', { commitShas: [sha('2')], cherryPickedFrom: [sha('f')] })
    const another = candidate('r', { commitShas: [sha('3')], cherryPickedFrom: [sha('f')] })
    expect(groupWorks([backport, another, original, other]).map((group) => group.contributionIds)).toEqual([
      ['o', 'p'],
      ['q', 'r'],
    ])
  })

  const first = new Date('2026-01-01T00:00:00Z')
  const later = new Date('2026-02-01T00:00:00Z')
  it.each([
    ['what stands goes before what was taken back', { stands: false, landedAt: first }, { landedAt: later }],
    ['a catalogued home before a mirror', { canonicalRepository: false, landedAt: first }, { landedAt: later }],
    ['an original before a fork', { fork: true, landedAt: first }, { landedAt: later }],
    ['a branch that counts before a release branch', { onCountedBranch: false, landedAt: first }, { landedAt: later }],
    ['where the commit was merged', { landedAt: first }, { namedByCommit: true, landedAt: later }],
    ['what landed first', { landedAt: later }, { landedAt: first }],
    ['else by place, not by who was seen first', { number: 20 }, { number: 3 }],
  ] as const)('%s', (_why, second, canonical) => {
    const commitShas = [sha('a')]
    const groups = groupWorks([candidate('a', { commitShas, ...second }), candidate('b', { commitShas, ...canonical })])
    expect(groups).toHaveLength(1)
    expect(groups[0]?.canonicalContributionId).toBe('b')
  })

  it('does not guess which of two commits an abbreviated sha stands for', () => {
    const groups = groupWorks([
      candidate('a', { commitShas: [`abc1234${sha('0').slice(7)}`] }),
      candidate('b', { commitShas: [`abc1234${sha('1').slice(7)}`] }),
      candidate('c', { cherryPickedFrom: ['abc1234'] }),
    ])
    expect(groups).toHaveLength(3)
  })

  it('does not depend on order, and puts every contribution in exactly one group', () => {
    const digit = fc.constantFrom('a', 'b', 'c', 'd')
    const some = fc.array(
      fc.record({ own: digit, from: fc.option(digit), patch: fc.option(digit), home: fc.boolean() }),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(some, (shapes) => {
        const candidates = shapes.map((shape, index) =>
          candidate(`c${index}`, {
            commitShas: [sha(shape.own)],
            cherryPickedFrom: shape.from === null ? [] : [sha(shape.from)],
            patchId: shape.patch,
            canonicalRepository: shape.home,
          }),
        )
        const groups = groupWorks(candidates)
        expect(groupWorks(candidates.toReversed())).toEqual(groups)
        expect(groups.flatMap((group) => group.contributionIds).sort()).toEqual(
          candidates.map((c) => c.contributionId).sort(),
        )
        expect(groups.every((group) => group.contributionIds[0] === group.canonicalContributionId)).toBe(true)
      }),
    )
  })
})

it('reads cherry-pick lines', () => {
  expect(
    findCherryPickSources(`x\n\n(cherry picked from commit ${sha('A')})\n(cherry picked from commit 123)`),
  ).toEqual([sha('a')])
})

it.each([
  [
    'the same commit',
    { commitShas: [sha('A')], patchId: 'p' },
    { commitShas: [sha('a')], patchId: 'p' },
    'same_commit',
  ],
  ['the same patch', { commitShas: [sha('b')], patchId: 'p' }, { commitShas: [sha('a')], patchId: 'p' }, 'same_patch'],
  ['neither', { commitShas: [sha('b')], patchId: null }, { commitShas: [sha('a')], patchId: null }, 'cherry_pick'],
] as const)('says how a copy is known: %s', (_name, copy, canonical, proof) => {
  expect(copyProofOf(copy, canonical).proof).toBe(proof)
})

describe('findLikelyCopies', () => {
  const sized = (contributionId: string, title: string, over: Partial<SizedContribution> = {}): SizedContribution => ({
    contributionId,
    repositoryId: 'r',
    baseBranch: 'main',
    title,
    additions: 30,
    deletions: 6,
    changedFiles: 2,
    ...over,
  })
  const likely = (...items: SizedContribution[]) => findLikelyCopies(items).map(({ contributionId }) => contributionId)
  const original = sized('a', 'Fix the attention mask (#12)')

  it.each([
    ['[v4.57] Fix the attention mask', { baseBranch: 'v4.57' }],
    ['[backport][2.1] Fix the attention mask (#20)', { baseBranch: 'release/2.1' }],
    ['【r2.7】Fix the attention mask', { repositoryId: 'other' }],
    ['Cherry-pick: fix the attention mask', { baseBranch: 'r2.7' }],
    ['Reland "Fix the attention mask"', { baseBranch: 'r2.7' }],
    ['!20 Fix the attention mask', { repositoryId: 'other' }],
  ])('is alike: %s', (title, over) => {
    expect(likely(original, sized('b', title, over))).toEqual(['a', 'b'])
  })

  it.each([
    ['on the same branch', 'Fix the attention mask', {}],
    ['of another size', 'Fix the attention mask', { baseBranch: 'r2.7', additions: 31 }],
    ['of another title', 'Fix the attention masks', { baseBranch: 'r2.7' }],
  ])('is not alike: %s', (_name, title, over) => {
    expect(likely(original, sized('b', title, over))).toEqual([])
  })

  it('is not alike where nothing changes', () => {
    const empty = { additions: 0, deletions: 0 }
    expect(likely(sized('a', 'Merge', empty), sized('b', 'Merge', { ...empty, baseBranch: 'r2.7' }))).toEqual([])
  })
})
