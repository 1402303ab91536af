import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CatalogEntry, type CatalogSubject, resolveCatalog } from './catalog'
import { MERGED, MIRROR, PYTORCH, SPARK } from './landing-rule'

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
    homes: [],
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

  it('lets a maintainer’s opt-out outweigh everything, of the repository or of its owner', () => {
    const included = entry({ id: 'i', universityId: 'u', status: 'included' })
    const optedOut = entry({ id: 'm', status: 'opted_out' })
    const owner = { ...optedOut, name: null }
    expect(resolveCatalog(SUBJECT, [included, optedOut])).toMatchObject({ status: 'opted_out', entry: { id: 'm' } })
    expect(resolveCatalog({ ...SUBJECT, fork: true }, [included, owner]).status).toBe('opted_out')
    expect(resolveCatalog(SUBJECT, [included, { ...owner, owner: 'somebody-else' }]).status).toBe('included')
    // Only the shared base can say so.
    expect(resolveCatalog(SUBJECT, [{ ...optedOut, universityId: 'u', name: null }, entry()]).entry?.id).toBe('m')
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

  describe('of a project that stands at several places', () => {
    const at = (over: Partial<CatalogSubject>): CatalogSubject => ({
      platform: 'gitcode',
      platformRepositoryId: '7',
      fullName: 'Ascend/MindSpeed',
      ownerPlatformUserId: '808231',
      fork: false,
      archived: false,
      ...over,
    })
    const place = { platform: 'gitcode', owner: 'Ascend', name: 'MindSpeed', platformId: null } as const
    const project = entry({
      id: 'p',
      platform: 'gitee',
      owner: 'ascend',
      name: 'MindSpeed',
      tier: 'flagship',
      homes: [
        { ...place, role: 'home', since: '2025-09-15' },
        { ...place, platform: 'github', role: 'mirror', since: null },
      ],
    })
    const owners = entry({
      id: 'o',
      platform: 'gitee',
      owner: 'ascend',
      name: null,
      homes: [
        { ...place, name: null, platformId: '808231', role: 'home', since: null },
        { ...place, platform: 'github', name: null, role: 'mirror', since: null },
      ],
    })

    it('says the same of all of them, and lets nothing land at a mirror', () => {
      expect(resolveCatalog(at({ platform: 'gitee', fullName: 'ascend/MindSpeed' }), [project]).status).toBe('included')
      expect(resolveCatalog(at({}), [project])).toMatchObject({ status: 'included', tier: 'flagship', landing: MERGED })
      const mirror = resolveCatalog(at({ platform: 'github' }), [project])
      expect(mirror).toMatchObject({ status: 'included', tier: 'flagship', landing: MIRROR })
    })

    it('hears a university’s word on any of them', () => {
      const word = entry({
        id: 'u',
        universityId: 'u',
        platform: 'gitee',
        owner: 'ascend',
        name: 'MindSpeed',
        status: 'excluded',
      })
      expect(resolveCatalog(at({}), [project, word])).toMatchObject({
        status: 'excluded',
        reason: 'university_repository',
      })
      const other = { ...word, platform: 'gitcode', owner: 'Ascend' } as const
      expect(resolveCatalog(at({ platform: 'gitee', fullName: 'ascend/MindSpeed' }), [project, other]).status).toBe(
        'excluded',
      )
      expect(resolveCatalog(at({ fullName: 'Ascend/pytorch' }), [project, word]).status).toBe('unknown')
    })

    it('takes an owner’s repositories as the same under the same name', () => {
      const [subject, mirrored] = [
        at({ fullName: 'Ascend/op-plugin' }),
        at({ platform: 'github', fullName: 'Ascend/op-plugin' }),
      ]
      expect(resolveCatalog(subject, [owners])).toMatchObject({
        status: 'included',
        reason: 'shared_owner',
        landing: MERGED,
      })
      expect(resolveCatalog(mirrored, [owners]).landing).toEqual(MIRROR)
      const nearer = entry({ id: 'n', platform: 'gitee', owner: 'ascend', name: 'op-plugin', tier: 'emerging' })
      expect(resolveCatalog(subject, [owners, nearer])).toMatchObject({ reason: 'shared_repository', tier: 'emerging' })
    })

    it('asks how changes land of the entries about that place only', () => {
      const subject = at({ fullName: 'Ascend/op-plugin' })
      const mirror = { id: 'm', platform: 'github', owner: 'Ascend', name: 'op-plugin' } as const
      const ofMirror = entry({ ...mirror, tier: 'flagship', landing: PYTORCH })
      expect(resolveCatalog(subject, [owners, ofMirror])).toMatchObject({ tier: 'flagship', landing: MERGED })
      const ofHome = entry({ ...mirror, id: 'h', platform: subject.platform, landing: [SPARK] })
      expect(resolveCatalog(subject, [owners, ofMirror, ofHome]).landing).toEqual([SPARK])
    })

    it('goes by the id of an owner where it is known, not by a name that a stranger took', () => {
      expect(resolveCatalog(at({ ownerPlatformUserId: '1' }), [owners]).status).toBe('unknown')
      expect(resolveCatalog(at({ fullName: 'renamed/MindSpeed' }), [owners]).status).toBe('included')
    })
  })
})
