import { expect, it } from 'vitest'
import { AppError, isAppError } from './errors'

it('tells our errors, and their kinds, from all others', () => {
  const error = new AppError('conflict', 'claim_moved_on', { version: 3 })
  expect(error.message).toBe('conflict: claim_moved_on')
  expect([isAppError(error), isAppError(error, 'conflict'), isAppError(error, 'invalid')]).toEqual([true, true, false])
  expect(isAppError(new Error('conflict'))).toBe(false)
  expect(isAppError({ kind: 'conflict', code: 'x' })).toBe(false)
})
