import { describe, expect, it } from 'vitest'
import {
  type EvidenceDocument,
  evidenceSchema,
  findCoAuthors,
  firstLineOf,
  freezeEvidence,
  hashEvidence,
  stripAddresses,
} from './evidence'
import { anEvidence } from './test-facts'

describe('stripAddresses', () => {
  it.each([
    ['Signed-off-by: Lin <lin.zhiyuan@stu.yunlu.example.cn>', 'Signed-off-by: Lin <[address removed]>'],
    ['by 123+lin@users.noreply.github.com', 'by @lin'],
    ['by lin@users.noreply.github.com and x@y.org', 'by @lin and [address removed]'],
    ['by 49699333+dependabot[bot]@users.noreply.github.com', 'by @dependabot[bot]'],
    ['联系：张三@例子.中国', '联系：[address removed]'],
    ['a＠b.com', '[address removed]'],
    ['see @lin and npm @scope/name@1.2.3', 'see @lin and npm @scope/name@1.2.3'],
    ['uses: actions/checkout@v4', 'uses: actions/checkout@v4'],
  ])('%s → %s', (text, stripped) => {
    expect(stripAddresses(text)).toBe(stripped)
  })
})

describe('findCoAuthors', () => {
  it('reads noreply addresses only, each person once', () => {
    const message = [
      'Fix (#1)',
      '',
      'Co-authored-by: Lin <123+lin@users.noreply.github.com>',
      'co-authored-by: Lin Z <123+lin-old@users.noreply.github.com>',
      'Co-authored-by: Old <old-form@users.noreply.github.com>',
      'Co-authored-by: Someone <someone@example.org>',
      'Not Co-authored-by: X <9+x@users.noreply.github.com>',
    ].join('\r\n')
    expect(findCoAuthors(message)).toEqual([
      { platformUserId: '123', login: 'lin-old' },
      { platformUserId: null, login: 'old-form' },
    ])
  })
})

it('keeps the first line of a message, without addresses and not endless', () => {
  expect(firstLineOf('Fix x for a@b.org\n\nbody c@d.org')).toBe('Fix x for [address removed]')
  expect([...firstLineOf('修'.repeat(300))]).toHaveLength(200)
})

describe('the frozen document', () => {
  const messy: EvidenceDocument = anEvidence({
    contribution: { ...anEvidence().contribution, title: 'Fix, ask me@example.org', labels: ['b', 'a'] },
    commits: [
      {
        sha: 'a'.repeat(40),
        authorLogin: 'lin',
        authorPlatformUserId: '1',
        messageFirstLine: 'x y@z.org',
        coAuthors: [],
        committedAt: '2026-03-01T00:00:00Z',
      },
    ],
    files: ['b.py', 'a.py'].map((path) => ({
      path,
      status: 'modified',
      additions: 1,
      deletions: 0,
      patchSha256: null,
    })),
  })

  it('holds no address, and its lists in one order', () => {
    const frozen = freezeEvidence(messy)
    expect(JSON.stringify(frozen)).not.toMatch(/example\.org|z\.org/)
    expect(frozen.files.map(({ path }) => path)).toEqual(['a.py', 'b.py'])
    expect(frozen.contribution.labels).toEqual(['a', 'b'])
  })

  it('freezes to the same document, and hash, twice and in any order', () => {
    const frozen = freezeEvidence(messy)
    expect(freezeEvidence(frozen)).toEqual(frozen)
    const turned = freezeEvidence({ ...messy, files: messy.files.toReversed(), reviews: messy.reviews.toReversed() })
    expect(hashEvidence(turned)).toBe(hashEvidence(frozen))
    expect(hashEvidence(freezeEvidence({ ...messy, filesTruncated: true }))).not.toBe(hashEvidence(frozen))
  })

  it('survives storage as JSON', () => {
    const frozen = freezeEvidence(messy)
    expect(hashEvidence(evidenceSchema.parse(JSON.parse(JSON.stringify(frozen))))).toBe(hashEvidence(frozen))
  })

  it('refuses fields that are not in the schema, such as an address', () => {
    expect(evidenceSchema.safeParse({ ...messy, authorEmail: 'a@b.org' }).success).toBe(false)
  })
})
