import { expect, test } from 'vitest'
import type { CatalogEntry, CatalogSubject } from '@/lib/domain/catalog'
import { landingRulesOf } from './landing-rules'

test('one university’s word does not say how facts of all landed', () => {
  const subject: CatalogSubject = {
    platform: 'github',
    platformRepositoryId: '1',
    fullName: 'lab/model',
    ownerPlatformUserId: '2',
    fork: false,
    archived: false,
  }
  const base: CatalogEntry = {
    id: 'e',
    universityId: null,
    platform: 'github',
    owner: 'lab',
    name: 'model',
    platformRepositoryId: '1',
    platformOwnerId: null,
    aliases: [],
    status: 'included',
    kind: 'model',
    tier: 'standard',
    landing: [{ rule: 'merged' }],
    acceptedBranches: [],
    homes: [],
  }
  const own: CatalogEntry = { ...base, universityId: 'u', landing: [{ rule: 'closed_by_commit' }] }
  expect(landingRulesOf(subject, [base, own])).toEqual([{ rule: 'merged' }])
})
