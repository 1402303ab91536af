import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeKeyset, parseKeyset } from './keyset'

describe('keyset', () => {
  it('reads back what it wrote', () => {
    const part = fc.oneof(fc.string({ maxLength: 40, unit: 'grapheme' }), fc.integer(), fc.constant(null))
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (position) => {
        expect(parseKeyset(encodeKeyset(position), position.length)).toEqual(position)
      }),
    )
  })

  it.each(['', 'x', '%00', 'W10', 'a'.repeat(600), Buffer.from('{"a":1}').toString('base64url')])(
    'refuses %j',
    (cursor) => {
      expect(parseKeyset(cursor, 2)).toBeNull()
    },
  )

  it('refuses another number of values, and values of another type', () => {
    expect(parseKeyset(encodeKeyset([1]), 2)).toBeNull()
    expect(parseKeyset(Buffer.from('[{}]').toString('base64url'), 1)).toBeNull()
  })
})
