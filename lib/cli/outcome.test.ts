import { afterEach, expect, test, vi } from 'vitest'
import { AppError } from '@/lib/domain/errors'
import { EXIT, tellFailure } from './outcome'

afterEach(() => vi.restoreAllMocks())

function told(error: unknown, json = false): { exit: number; text: string } {
  let text = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    text += String(chunk)
    return true
  })
  const exit = tellFailure(error, { json })
  return { exit, text }
}

test('a refusal is its code with its values', () => {
  const refusal = new AppError('not_found', 'university_not_found', { slug: 'nowhere' })
  expect(told(refusal)).toEqual({ exit: EXIT.refused, text: 'university_not_found: slug nowhere\n' })
  expect(JSON.parse(told(refusal, true).text)).toEqual({
    ok: false,
    error: { code: 'university_not_found', details: { slug: 'nowhere' } },
  })
})

test.each([
  ['a database', Object.assign(new Error('Key (number)=(0230417001) already exists'), { code: '23505' })],
  ['a library', Object.assign(new Error('no member 0230417001'), { code: 'P2025' })],
  ['anything', new Error('student 0230417001 is odd')],
  ['no error at all', '0230417001'],
])('what %s says of rows is not for the operator', (_what, error) => {
  expect(told(error)).toEqual({ exit: EXIT.refused, text: 'unexpected\n' })
})

test('what the operating system answered is, with the file', () => {
  const missing = Object.assign(new Error('ENOENT: no such file, open roster.csv'), {
    code: 'ENOENT',
    path: 'roster.csv',
  })
  expect(told(missing)).toEqual({ exit: EXIT.refused, text: 'ENOENT: path roster.csv\n' })
})
