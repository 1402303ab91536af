import { describe, expect, it } from 'vitest'
import type { ContributionFact } from './contribution'
import { DEFAULT_POLICY } from './default-policy'
import { type EligibilityContext, judgeContribution } from './eligibility'
import { explainMissing } from './missing-contribution'
import { aCatalogWord, aContribution } from './test-facts'

const TERM = { id: 't', startsAt: new Date('2026-03-02T10:00:00Z'), endsAt: new Date('2026-07-01T00:00:00Z') }

function context(over: Partial<EligibilityContext> = {}): EligibilityContext {
  return {
    catalog: aCatalogWord(),
    policy: DEFAULT_POLICY,
    term: TERM,
    ownPlatformUserIds: ['1'],
    canonical: null,
    workUse: null,
    paths: null,
    ...over,
  }
}

function reasonsOf(fact: Partial<ContributionFact>, over: Partial<EligibilityContext> = {}): string[] {
  const { eligible, reasons } = judgeContribution(aContribution(fact), context(over))
  expect(eligible).toBe(reasons.every((reason) => !reason.blocks))
  return reasons.map((reason) => (reason.blocks ? reason.code : `(${reason.code})`))
}

const base = aContribution()
const copyOf = (contributionId: string) => ({
  contributionId,
  reference: 'mindspore/mindrlhf!3',
  proof: 'same_commit' as const,
  value: 'a'.repeat(40),
})
const policyOf = (exclusions: Partial<typeof DEFAULT_POLICY.exclusions>) => ({
  policy: { ...DEFAULT_POLICY, exclusions: { ...DEFAULT_POLICY.exclusions, ...exclusions } },
})

describe('judgeContribution', () => {
  it('lets a plain landed pull request count, also at the very first moment of the term', () => {
    expect(reasonsOf({})).toEqual([])
  })

  it.each([
    ['not landed', { landing: { ...base.landing, state: 'not_landed', landedAt: null } }, {}, ['not_merged']],
    ['reverted', { landing: { ...base.landing, state: 'reverted' } }, {}, ['reverted']],
    [
      'reverted, tolerated',
      { landing: { ...base.landing, state: 'reverted' } },
      policyOf({ reverted: 'warn' }),
      ['(reverted)'],
    ],
    ['not in the catalog', {}, { catalog: aCatalogWord({ status: 'unknown' }) }, ['not_in_catalog']],
    ['only proposed', {}, { catalog: aCatalogWord({ status: 'proposed' }) }, ['catalog_proposed']],
    ['excluded', {}, { catalog: aCatalogWord({ status: 'excluded' }) }, ['excluded_repository']],
    ['opted out', {}, { catalog: aCatalogWord({ status: 'opted_out' }) }, ['opted_out_repository']],
    ['somebody else’s', { authorPlatformUserId: '77' }, {}, ['not_yours']],
    ['same login, other id', { authorPlatformUserId: '77', authorLogin: 'lin' }, {}, ['not_yours']],
    ['a deleted account’s', { authorPlatformUserId: null, authorType: 'ghost' }, {}, ['not_yours']],
    ['a bot’s', { authorType: 'bot' }, {}, ['bot']],
    [
      'in one’s own repository',
      { repository: { ...base.repository, ownerPlatformUserId: '1' } },
      {},
      ['own_repository'],
    ],
    ['merged by oneself', { mergedBy: { platformUserId: '1', login: 'lin' } }, {}, ['(self_merged)']],
    [
      'merged by oneself, refused',
      { mergedBy: { platformUserId: '1', login: 'lin' } },
      policyOf({ selfMerged: 'refuse' }),
      ['self_merged'],
    ],
    [
      'merged with one’s other account',
      { mergedBy: { platformUserId: '5', login: 'alt' } },
      { ownPlatformUserIds: ['1', '5'] },
      ['(self_merged)'],
    ],
    ['only found by a night', { baseBranch: '', additions: null }, {}, ['not_synced_yet', '(stats_missing)']],
    ['another branch', { baseBranch: 'release/2.1' }, {}, ['other_branch']],
    [
      'an accepted branch',
      { baseBranch: 'release/2.1' },
      { catalog: aCatalogWord({ acceptedBranches: ['release/2.1'] }) },
      [],
    ],
    ['master, renamed since', { baseBranch: 'master' }, {}, []],
    ['a copy', {}, { canonical: copyOf('c0') }, ['duplicate']],
    ['the canonical of copies', {}, { canonical: copyOf('c1') }, []],
    ['claimed', {}, { workUse: { kind: 'claimed', claimId: 'x' } }, ['already_claimed']],
    ['credited', {}, { workUse: { kind: 'credited', claimId: null } }, ['already_credited']],
    ['of unknown size', { additions: null }, {}, ['(stats_missing)']],
    ['tiny', { additions: 1, deletions: 1 }, {}, ['trivial']],
    ['one line more than tiny', { additions: 2, deletions: 1 }, {}, []],
    [
      'a few lines of documentation',
      { additions: 8, deletions: 2 },
      { paths: ['README.md', 'docs/a.png'] },
      ['trivial'],
    ],
    ['documentation and code', { additions: 8, deletions: 2 }, { paths: ['README.md', 'a.py'] }, []],
    [
      'no lines, clause off',
      { additions: 0, deletions: 0 },
      policyOf({ trivial: { treatment: 'refuse', maxChangedLines: 0, maxDocumentationLines: 0 } }),
      [],
    ],
  ] as const)('%s', (...[, fact, over, codes]) => {
    expect(reasonsOf(fact, over)).toEqual(codes)
  })

  it('goes by the landed time, half-open', () => {
    const at = (landedAt: string) => reasonsOf({ landing: { ...base.landing, landedAt: new Date(landedAt) } })
    expect(at('2026-03-02T09:59:59.999Z')).toEqual(['outside_window'])
    expect(at('2026-06-30T23:59:59.999Z')).toEqual([])
    expect(at('2026-07-01T00:00:00.000Z')).toEqual(['outside_window'])
    expect(reasonsOf({ landing: { ...base.landing, landedAt: new Date(0) } }, { term: null })).toEqual([])
  })

  it('says of a copy which contribution counts, and how it is known', () => {
    const { reasons } = judgeContribution(base, context({ canonical: copyOf('c0') }))
    expect(reasons).toEqual([
      {
        code: 'duplicate',
        blocks: true,
        data: {
          canonicalContributionId: 'c0',
          other: 'mindspore/mindrlhf!3',
          proof: 'same_commit',
          value: 'a'.repeat(12),
        },
      },
    ])
  })

  it('gives every reason at once, in one order', () => {
    const fact = { authorPlatformUserId: '77', additions: 0, deletions: 0, baseBranch: 'dev' }
    expect(reasonsOf(fact, { catalog: aCatalogWord({ status: 'unknown' }), canonical: copyOf('c0') })).toEqual([
      'not_in_catalog',
      'not_yours',
      'other_branch',
      'duplicate',
      'trivial',
    ])
  })
})

describe('explainMissing', () => {
  it.each([
    [{ linked: false, catalog: null }, ['no_linked_account', 'repository_unknown']],
    [{ linked: true, catalog: aCatalogWord({ status: 'unknown' }) }, ['not_in_catalog']],
    [{ linked: true, catalog: aCatalogWord({ status: 'excluded' }) }, ['excluded_repository']],
    [{ linked: true, catalog: aCatalogWord({ status: 'opted_out' }) }, ['opted_out_repository']],
    [{ linked: true, catalog: aCatalogWord({ status: 'proposed' }) }, ['catalog_proposed']],
    [{ linked: true, catalog: aCatalogWord() }, ['not_synced_yet']],
  ])('%j', (known, codes) => {
    const { eligible, reasons } = explainMissing({ lastFullSyncAt: null, ...known })
    expect(eligible).toBe(false)
    expect(reasons.map((reason) => reason.code)).toEqual(codes)
  })
})
