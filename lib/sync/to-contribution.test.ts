import { expect, test } from 'vitest'
import { withKnownFacts } from './to-contribution'

const MERGED_AT = new Date('2026-10-01T08:00:00Z')
const untold = { additions: null, deletions: null, changedFiles: null, patchId: null, closedAt: null, mergedAt: null }
const seen = { ...untold, mergeCommitSha: null, mergedBy: null, lastClosedBy: null, state: 'merged' } as const
const before = {
  ...{ additions: 12, deletions: 3, changedFiles: 2, patchId: 'f'.repeat(40) },
  ...{ closedAt: MERGED_AT, mergedAt: MERGED_AT, mergeCommitSha: 'a'.repeat(40) },
  ...{ mergedByUserId: '7', mergedByLogin: 'maintainer', lastClosedByUserId: null, lastClosedByLogin: 'somebody' },
}

test('what was looked up stays known where a list does not tell', () => {
  expect(withKnownFacts(seen, before)).toEqual({
    ...{ state: 'merged', additions: 12, deletions: 3, changedFiles: 2, patchId: 'f'.repeat(40) },
    ...{ closedAt: MERGED_AT, mergedAt: MERGED_AT, mergeCommitSha: 'a'.repeat(40) },
    mergedBy: { platformUserId: '7', login: 'maintainer' },
    lastClosedBy: { platformUserId: null, login: 'somebody' },
  })
  expect(withKnownFacts(seen, null)).toEqual(seen)
})

test('what a list tells is newer', () => {
  const told = { ...seen, additions: 20, mergedBy: { platformUserId: '8', login: 'other' } }
  expect(withKnownFacts(told, before)).toMatchObject({ additions: 20, mergedBy: { login: 'other' } })
})

test('what is open again has no end, and what was closed no merge, whatever was known', () => {
  const open = withKnownFacts({ ...seen, state: 'open' as const }, before)
  expect(open).toMatchObject({ closedAt: null, mergedAt: null, mergeCommitSha: null })
  const closed = withKnownFacts({ ...seen, state: 'closed' as const }, before)
  expect(closed).toMatchObject({ closedAt: MERGED_AT, mergedAt: null, mergeCommitSha: null })
})
