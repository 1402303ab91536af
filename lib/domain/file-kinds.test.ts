import { expect, it } from 'vitest'
import { isDocumentation, isGenerated } from './file-kinds'

it.each([
  ['README.md', true],
  ['docs/source/conf.py', true],
  ['LICENSE', true],
  ['guide/intro.rst', true],
  ['requirements-dev.txt', false],
  ['CMakeLists.txt', false],
  ['src/docs.py', false],
  ['trl/loader.py', false],
])('documentation: %s → %s', (path, expected) => {
  expect(isDocumentation(path)).toBe(expected)
})

it.each([
  ['package-lock.json', true],
  ['proto/api_pb2.py', true],
  ['web/app.min.js', true],
  ['third_party/x/a.c', true],
  ['src/schema.generated.ts', true],
  ['src/generate.ts', false],
  ['src/regenerated_tokens.py', false],
])('generated: %s → %s', (path, expected) => {
  expect(isGenerated(path)).toBe(expected)
})
