import { describe, expect, it } from 'vitest'
import { encodeKeyset } from './keyset'
import { encodeMoment, parseMoment } from './moment-position'

const position = { at: new Date('2026-11-10T04:00:00.123Z'), id: '0198c0de-0000-7000-8000-000000000001' }

describe('a place in a list by time', () => {
  it('comes back as it went out', () => {
    expect(parseMoment(encodeMoment(position))).toEqual(position)
  })

  it('is nowhere on the first page', () => {
    expect(parseMoment(null)).toBeNull()
    expect(parseMoment(undefined)).toBeNull()
  })

  it.each([
    ['no cursor of ours', 'x'],
    ['no time', encodeKeyset(['yesterday', position.id])],
    ['no id', encodeKeyset([position.at.toISOString(), "'; drop table claim"])],
    ['too many parts', encodeKeyset([position.at.toISOString(), position.id, 1])],
  ])('is refused when it is %s', (_, cursor) => {
    expect(() => parseMoment(cursor)).toThrow(expect.objectContaining({ code: 'bad_cursor' }))
  })
})
