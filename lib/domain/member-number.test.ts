import { expect, test } from 'vitest'
import { readMemberNumber, tidyText } from './member-number'

test.each([
  ['0230417001', '0230417001'],
  [' ０２３０４１７００１ ', '0230417001'],
  ['b1-07', 'B1-07'],
  ['T.0091_a', 'T.0091_A'],
])('%j is the number %s', (text, number) => {
  expect(readMemberNumber(text)).toBe(number)
})

test.each(['', ' ', 'a b', '=1+1', '-5', '.5', '230417001.0', '230417001.', '学1', 'x'.repeat(33), '023\u200b041'])(
  '%j is none',
  (text) => {
    expect(readMemberNumber(text)).toBeNull()
  },
)

test('spellings that look alike are one', () => {
  expect(tidyText('　计算机 　学院（本部） ')).toBe('计算机 学院(本部)')
})
