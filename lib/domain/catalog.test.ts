import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CatalogEntry, type CatalogSubject, resolveCatalog } from './catalog'
import { MIRROR, PYTORCH } from './landing-rule'

const SUBJECT: CatalogSubject = {
  platform: 'github',
  platformRepositoryId: '100',
  fullName: 'vllm-project/vllm',
  ownerPlatformUserId: '9',
  fork: false,
  archived: false,
}

function entry(over: Partial<CatalogEntry> = {}): CatalogEntry {
  return {
    id: 'e',
    universityId: null,
    platform: 'github',
    owner: 'vllm-project',
    name: 'vllm',
    platformRepositoryId: null,
    platformOwnerId: null,
    aliases: [],
    status: 'included',
    kind: 'inference',
    tier: null,
    landing: null,
    acceptedBranches: null,
    ...over,
  }
}

const SHARED_OWNER = entry({ id: 'so', name: null })
const SHARED_REPOSITORY = entry({ id: 'sr', status: 'excluded' })
const UNIVERSITY_OWNER = entry({ id: 'uo', name: null, universityId: 'u' })
const UNIVERSITY_REPOSITORY = entry({ id: 'ur', universityId: 'u', status: 'excluded' })

describe('resolveCatalog', () => {
  it('knows nothing of what is not listed', () => {
    expect(resolveCatalog(SUBJECT, [entry({ platform: 'gitee' }), entry({ name: 'other' })])).toMatchObject({
      status: 'unknown',
      reason: 'not_listed',
      entry: null,
      tier: 'standard',
      landing: [{ rule: 'merged' }],
    })
  })

  it('follows the precedence, whatever the order', () => {
    const ladder = [UNIVERSITY_REPOSITORY, UNIVERSITY_OWNER, SHARED_REPOSITORY, SHARED_OWNER]
    fc.assert(
      fc.property(fc.nat(3), fc.constantFrom(1, -1), (from, direction) => {
        const entries = ladder.slice(from)
        const shuffled = direction === 1 ? entries : entries.toReversed()
        expect(resolveCatalog(SUBJECT, shuffled).entry?.id).toBe(ladder[from]?.id)
      }),
    )
  })

  it('lets no proposal outweigh what is decided', () => {
    const proposal = entry({ id: 'p', universityId: 'u', status: 'proposed', tier: 'flagship' })
    expect(resolveCatalog(SUBJECT, [proposal])).toMatchObject({ status: 'proposed' })
    expect(resolveCatalog(SUBJECT, [proposal, SHARED_OWNER])).toMatchObject({ status: 'included', tier: 'standard' })
  })

  it.each([
    ['fork', 'fork_left_out'],
    ['archived', 'archived_left_out'],
  ] as const)('owner-wide inclusion leaves out what is %s, its own entry does not', (property, reason) => {
    const subject = { ...SUBJECT, [property]: true }
    expect(resolveCatalog(subject, [SHARED_OWNER])).toMatchObject({ status: 'unknown', reason })
    expect(resolveCatalog(subject, [SHARED_OWNER, entry()]).reason).toBe('shared_repository')
    expect(resolveCatalog(subject, [{ ...SHARED_OWNER, status: 'excluded' }]).status).toBe('excluded')
  })

  it('goes by id where the entry has one, by former names where it has none', () => {
    expect(resolveCatalog(SUBJECT, [entry({ platformRepositoryId: '101' })]).status).toBe('unknown')
    expect(resolveCatalog(SUBJECT, [entry({ owner: 'old', name: 'name', platformRepositoryId: '100' })]).status).toBe(
      'included',
    )
    expect(resolveCatalog(SUBJECT, [entry({ owner: 'a', name: 'b', aliases: ['VLLM-project/vLLM'] })]).status).toBe(
      'included',
    )
    expect(resolveCatalog(SUBJECT, [entry({ owner: 'vllm-project', name: null, platformOwnerId: '8' })]).status).toBe(
      'unknown',
    )
  })

  it('takes what the deciding entry leaves unsaid from the next one', () => {
    const override = entry({ id: 'o', universityId: 'u', tier: 'flagship' })
    const shared = entry({ id: 's', landing: PYTORCH, tier: 'emerging', acceptedBranches: ['release'] })
    expect(resolveCatalog(SUBJECT, [shared, override])).toMatchObject({
      entry: { id: 'o' },
      tier: 'flagship',
      landing: PYTORCH,
      acceptedBranches: ['release'],
    })
  })

  it('takes how changes land from the shared base first, and from the university where that says nothing', () => {
    const own = entry({ id: 'o', universityId: 'u', landing: MIRROR })
    expect(resolveCatalog(SUBJECT, [own, { ...SHARED_OWNER, landing: PYTORCH }]).landing).toEqual(PYTORCH)
    expect(resolveCatalog(SUBJECT, [own, SHARED_OWNER]).landing).toEqual(MIRROR)
  })

  it('lets the exclusion win between two entries of one rank', () => {
    const twice = [entry({ id: 'a' }), entry({ id: 'b', status: 'excluded', landing: MIRROR })]
    expect(resolveCatalog(SUBJECT, twice).status).toBe('excluded')
    expect(resolveCatalog(SUBJECT, twice.toReversed()).status).toBe('excluded')
  })
})
