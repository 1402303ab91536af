import { expect, it } from 'vitest'
import { disarmCell } from './spreadsheet-cell'

it.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\nx',
  ' =1',
  '＝1',
  '＋1',
  '－1',
  '＠x',
  '−1',
  '\u200b=1',
  '\ufeff=HYPERLINK("http://x")',
  '\u0000=1',
])('disarms %j', (text) => {
  expect(disarmCell(text)).toBe(`'${text}`)
})

it.each(['', ' ', 'Fix a=b', '0230417001', '云麓大学', '#12', "'=1"])('leaves %j as it is', (text) => {
  expect(disarmCell(text)).toBe(text)
})
