import { expect, test } from 'vitest'
import { cautionsOf, type NominationEvidence, nominationEvidenceSchema } from './nomination'

const NOW = new Date('2026-11-24T08:00:00Z')
const EVIDENCE: NominationEvidence = {
  platformRepositoryId: '12',
  owner: 'octo-lab',
  name: 'engine',
  url: 'https://github.com/octo-lab/engine',
  description: 'An inference engine',
  topics: ['llm'],
  stars: 900,
  license: 'Apache-2.0',
  language: 'Python',
  isFork: false,
  isArchived: false,
  forkOf: null,
  createdAt: '2024-01-01T00:00:00.000Z',
  pushedAt: '2026-11-01T00:00:00.000Z',
  lastRelease: { name: 'v1.2', publishedAt: '2026-10-01T00:00:00.000Z' },
  dependencies: [],
}
const asked = { nominatedAs: 'Octo-Lab/engine', now: NOW }

test('of a living repository with a licence there is nothing to look at twice', () => {
  expect(nominationEvidenceSchema.parse(EVIDENCE)).toEqual(EVIDENCE)
  expect(cautionsOf(EVIDENCE, asked)).toEqual([])
})

test('all that is out of the ordinary is named, in one order', () => {
  const odd: NominationEvidence = {
    ...EVIDENCE,
    isFork: true,
    forkOf: 'upstream/engine',
    isArchived: true,
    license: 'NOASSERTION',
    stars: 3,
    pushedAt: '2025-11-23T00:00:00.000Z',
    lastRelease: null,
  }
  expect(cautionsOf(odd, { ...asked, nominatedAs: 'old-name/engine' })).toEqual([
    { code: 'fork', value: 'upstream/engine' },
    { code: 'archived', value: null },
    { code: 'license_missing', value: 'NOASSERTION' },
    { code: 'few_stars', value: 3 },
    { code: 'asleep', value: '2025-11-23T00:00:00.000Z' },
    { code: 'named_otherwise', value: 'octo-lab/engine' },
  ])
})

test('a release is a sign of life as a push is, and what is not told is not held against it', () => {
  const released = { ...EVIDENCE, pushedAt: '2020-01-01T00:00:00.000Z' }
  expect(cautionsOf(released, asked)).toEqual([])
  expect(cautionsOf({ ...EVIDENCE, pushedAt: null, lastRelease: null, stars: null }, asked)).toEqual([])
})
