import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { findForbiddenWords } from '@/scripts/check/forbidden-words'

function wordsIn(file: string, text: string): string[] {
  const root = mkdtempSync(join(tmpdir(), 'yuanfen-forbidden-'))
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
  const found = findForbiddenWords(root).map((finding) => `${finding.line ?? 0}: ${finding.words}`)
  rmSync(root, { recursive: true, force: true })
  return found
}

test.each([
  ['lib/a.ts', `const x = '/home/somebody/project'`, 'a path of one machine'],
  ['docs/a.md', 'cd /Users/somebody/project', 'a path of one machine'],
  ['lib/a.ts', '// TODO later', 'TODO without a decision'],
  ['lib/a.ts', '// @ts-ignore', 'the compiler silenced'],
  ['lib/a.ts', '// biome-ignore lint/a11y/useX: <reason>', 'a rule silenced without a reason'],
  ['lib/a.ts', 'const x = y as unknown as string', 'a cast through unknown'],
  ['lib/a.test.ts', `vi.mock('./b')`, 'a module mock'],
  ['tests/e2e/a.ts', 'await page.waitForTimeout(500)', 'waiting for time'],
  ['lib/a.ts', 'export enum Kind { A }', 'an enum'],
  ['lib/claims/utils.ts', 'export {}', 'a name that says nothing'],
  ['lib/helpers/a.ts', 'export {}', 'a name that says nothing'],
])('%s with %j is found', (file, text, words) => {
  expect(wordsIn(file, text).join('\n')).toContain(words)
})

test.each([
  ['lib/a.ts', '// TODO(docs/decisions/0003-queue.md): when it moves'],
  ['lib/a.ts', 'const company = 1 // in any case: any of them'],
  ['lib/a.ts', '// biome-ignore lint/a11y/useX: the label is the parent'],
  ['app/page.tsx', `redirect('/work')`],
  ['messages/en/common.json', '{}'],
])('%s with %j is sound', (file, text) => {
  expect(wordsIn(file, text)).toEqual([])
})

test('the line is named', () => {
  expect(wordsIn('lib/a.ts', 'a\nb\n// TODO c')[0]).toMatch(/^3: /)
})
