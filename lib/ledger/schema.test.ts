import { expect, test } from 'vitest'
import { readLineNumber } from '@/lib/ledger/schema'

test('the number of a line is read as it is typed, and as a report prints it', () => {
  for (const text of ['12', ' 12 ', '１２', 'yunlu-12', `yunlu-12 sha256:${'9f'.repeat(32)}`, 'hai-cheng-2-12']) {
    expect(readLineNumber(text), text).toBe(12)
  }
  for (const text of ['', 'twelve', '1.5', '-1', '12 13', "12'; --", '9'.repeat(16), 'sha256:9f2c']) {
    expect(readLineNumber(text), text).toBeNull()
  }
})
