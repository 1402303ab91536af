import { describe, expect, it } from 'vitest'
import type { EvidenceDocument } from './evidence'
import { aCatalogWord, aContribution, anEvidence } from './test-facts'
import { findNewWarnings, findWarnings, type Warning, type WarningItem } from './warnings'

function anItem(over: Partial<WarningItem> = {}): WarningItem {
  return {
    fact: aContribution(),
    evidence: anEvidence(),
    catalog: aCatalogWord(),
    ownPlatformUserIds: ['1'],
    accountLinked: true,
    aiUse: 'none',
    ...over,
  }
}

const codesOf = (...items: WarningItem[]) => findWarnings({ items, fewLines: 10 }).map((warning) => warning.code)
const withFact = (over: Parameters<typeof aContribution>[0]) => anItem({ fact: aContribution(over) })
const withEvidence = (over: Partial<EvidenceDocument>) => anItem({ evidence: anEvidence(over) })
const fact = aContribution()
const evidence = anEvidence()
const commit = {
  sha: 'a'.repeat(40),
  authorLogin: 'lin',
  authorPlatformUserId: '1',
  messageFirstLine: 'x',
  coAuthors: [],
  committedAt: '2026-03-01T00:00:00Z',
}
const file = { path: 'a.py', status: 'modified' as const, additions: 10, deletions: 0, patchSha256: null }

describe('findWarnings', () => {
  it('says nothing about a plain, reviewed contribution, frozen or not yet', () => {
    expect(codesOf(anItem())).toEqual([])
    expect(codesOf(anItem({ evidence: null }))).toEqual([])
  })

  it.each([
    ['reverted since', withFact({ landing: { ...fact.landing, state: 'reverted' } }), ['reverted']],
    ['held twice', anItem({ duplicateOf: 'lab/mirror#3' }), ['duplicate_work']],
    ['own repository', withFact({ repository: { ...fact.repository, ownerPlatformUserId: '1' } }), ['own_repository']],
    ['merged by oneself', withFact({ mergedBy: { platformUserId: '1', login: 'lin' } }), ['self_merged']],
    [
      'no review by others',
      withEvidence({
        reviews: [{ login: 'lin', platformUserId: '1', state: 'commented', submittedAt: '2026-03-01T00:00:00Z' }],
      }),
      ['merged_without_review'],
    ],
    [
      'a dismissed review only',
      withEvidence({
        reviews: [{ login: 'm', platformUserId: '2', state: 'dismissed', submittedAt: '2026-03-01T00:00:00Z' }],
      }),
      ['merged_without_review'],
    ],
    [
      'no reviews on Gitee',
      anItem({ fact: aContribution({ platform: 'gitee' }), evidence: anEvidence({ reviews: [] }) }),
      [],
    ],
    [
      'owner at the time',
      withEvidence({ contribution: { ...evidence.contribution, authorAssociation: 'owner' } }),
      ['author_is_owner'],
    ],
    ['member', anItem({ fact: aContribution({ authorAssociation: 'member' }), evidence: null }), ['author_is_member']],
    [
      'few lines',
      withEvidence({ contribution: { ...evidence.contribution, additions: 8, deletions: 2 } }),
      ['few_lines', 'facts_changed'],
    ],
    ['generated lines', withEvidence({ files: [file, { ...file, path: 'package-lock.json' }] }), ['generated_files']],
    ['few generated lines', withEvidence({ files: [file, { ...file, path: 'package-lock.json', additions: 9 }] }), []],
    [
      'a co-author',
      withEvidence({ commits: [{ ...commit, coAuthors: [{ platformUserId: '8', login: 'wei' }] }] }),
      ['co_authored'],
    ],
    [
      'somebody else’s commit',
      withEvidence({ commits: [commit, { ...commit, authorLogin: 'wei', authorPlatformUserId: '8' }] }),
      ['co_authored'],
    ],
    [
      'one’s own commits and trailers',
      withEvidence({ commits: [{ ...commit, coAuthors: [{ platformUserId: null, login: 'Lin' }] }] }),
      [],
    ],
    ['declared AI use', anItem({ aiUse: 'assisted' }), ['ai_use_declared']],
    ['excluded since', anItem({ catalog: aCatalogWord({ status: 'excluded' }) }), ['catalog_changed']],
    ['renamed since', withFact({ repository: { ...fact.repository, fullName: 'trl/trl' } }), ['repository_renamed']],
    ['unlinked since', anItem({ accountLinked: false }), ['account_unlinked']],
    ['size changed since', withFact({ additions: 41 }), ['facts_changed']],
    ['no licence', withFact({ repository: { ...fact.repository, license: 'NOASSERTION' } }), ['license_missing']],
  ])('%s', (_what, item, codes) => {
    expect(codesOf(item)).toEqual(codes)
  })

  it('sees many opened in a short time, over the whole claim, half-open', () => {
    const opened = (...hours: number[]) =>
      hours.map((hour, index) =>
        anItem({ fact: aContribution({ id: `c${index}`, createdAt: new Date(Date.UTC(2026, 2, 1, hour)) }) }),
      )
    expect(codesOf(...opened(0, 5, 10, 15, 23))).toEqual(['many_in_short_time'])
    expect(codesOf(...opened(0, 5, 10, 15, 24))).toEqual([])
    const [warning] = findWarnings({ items: opened(0, 40, 41, 42, 43, 44, 45), fewLines: 10 })
    expect(warning).toEqual({
      code: 'many_in_short_time',
      contributionId: null,
      proof: { count: 6, hours: 24, from: '2026-03-02T16:00:00.000Z' },
    })
  })

  it('comes in one order, whatever the order of the items', () => {
    const items = ['b', 'a'].map((id) =>
      anItem({ fact: aContribution({ id }), aiUse: 'substantial', accountLinked: false }),
    )
    const found = findWarnings({ items, fewLines: 10 })
    expect(found.map(({ code, contributionId }) => `${code} ${contributionId}`)).toEqual([
      'ai_use_declared a',
      'ai_use_declared b',
      'account_unlinked a',
      'account_unlinked b',
    ])
    expect(findWarnings({ items: items.toReversed(), fewLines: 10 })).toEqual(found)
  })

  it('carries the proof', () => {
    const [warning] = findWarnings({
      items: [withFact({ mergedBy: { platformUserId: '1', login: 'lin' } })],
      fewLines: 10,
    })
    expect(warning).toEqual({ code: 'self_merged', contributionId: 'c1', proof: { mergedBy: 'lin' } })
  })
})

describe('findNewWarnings', () => {
  const warning = (code: Warning['code'], contributionId: string | null = 'c1', by = ''): Warning => ({
    code,
    contributionId,
    proof: { by },
  })

  it('names what was none before, of the kinds that happen afterwards', () => {
    const now = [
      warning('reverted'),
      warning('few_lines'),
      warning('catalog_changed'),
      warning('account_unlinked', 'c2'),
    ]
    expect(findNewWarnings([warning('catalog_changed')], now).map(({ code }) => code)).toEqual([
      'reverted',
      'account_unlinked',
    ])
  })

  it('tells nothing twice: other words on the same matter are no news, the same matter elsewhere is', () => {
    const before = [warning('facts_changed', 'c1', 'additions')]
    const now = [
      warning('facts_changed', 'c1', 'additions'),
      warning('facts_changed', 'c1', 'deletions'),
      warning('facts_changed', 'c2', 'additions'),
      warning('facts_changed', 'c2', 'deletions'),
    ]
    expect(findNewWarnings(before, now)).toEqual([warning('facts_changed', 'c2', 'deletions')])
    expect(findNewWarnings(now, now)).toEqual([])
  })
})
