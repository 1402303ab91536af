import { expect, it } from 'vitest'
import { changedLinesOf } from './contribution'
import { isPlatform, platformIdentityKey } from './platform'

it('adds up lines only where both are known', () => {
  expect(changedLinesOf({ additions: 3, deletions: 4 })).toBe(7)
  expect(changedLinesOf({ additions: 0, deletions: 0 })).toBe(0)
  expect(changedLinesOf({ additions: null, deletions: 4 })).toBeNull()
  expect(changedLinesOf({ additions: 3, deletions: null })).toBeNull()
})

it('keys by the ids of the platform, never by names', () => {
  expect(platformIdentityKey('github', '1')).toBe('github:1')
  expect([isPlatform('gitee'), isPlatform('gitlab'), isPlatform('GitHub')]).toEqual([true, false, false])
})
