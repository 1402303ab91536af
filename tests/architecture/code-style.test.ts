import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

const lines = (count: number) => Array.from({ length: count }, (_, index) => `  console.log(${index})`).join('\n')
const functionOf = (count: number) => `export function long() {\n${lines(count)}\n}\n`

const bad = [
  ['noExplicitAny', 'lib/any.ts', 'export const x = (y: any) => y\n'],
  ['noNonNullAssertion', 'lib/non-null.ts', 'export const x = (y: string | null) => y!\n'],
  ['useImportType', 'lib/import-type.ts', `import { Tx } from './tx'\n\nexport const x = (y: Tx) => y\n`],
  ['noEnum', 'lib/enum.ts', 'export enum Kind {\n  A = 0,\n}\n'],
  ['noExcessiveLinesPerFunction', 'lib/long.ts', functionOf(81)],
  ['noExcessiveLinesPerFunction', 'components/long.tsx', functionOf(151)],
  ['noExcessiveLinesPerFile', 'lib/long-file.ts', `${'export {}\n'.repeat(401)}`],
  ['useMaxParams', 'lib/many.ts', 'export const x = (a: 1, b: 1, c: 1, d: 1, e: 1) => [a, b, c, d, e]\n'],
  ['useFilenamingConvention', 'lib/sampleFile.ts', 'export const x = 1\n'],
  ['noFocusedTests', 'lib/only.test.ts', `import { test } from 'vitest'\n\ntest.only('x', () => {})\n`],
  ['noSkippedTests', 'lib/skip.test.ts', `import { test } from 'vitest'\n\ntest.skip('x', () => {})\n`],
  ['format', 'lib/format.ts', 'export const x = "a";\n'],
] as const

const sound = [
  ['lib/short.ts', functionOf(79)],
  ['components/short.tsx', functionOf(149)],
] as const

let root: string
let verdicts: string[]

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'yuanfen-style-'))
  const rules = z.looseObject({}).parse(JSON.parse(readFileSync('biome.json', 'utf8')))
  const samples = [...bad.map(([, file, text]) => [file, text] as const), ...sound]
  for (const [file, text] of [
    ...samples,
    ['biome.json', JSON.stringify({ ...rules, vcs: {}, $schema: undefined })] as const,
  ]) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const biome = join(process.cwd(), 'node_modules/@biomejs/biome/bin/biome')
  const options = ['ci', '--reporter=github', '--max-diagnostics=500', 'lib', 'components']
  const done = spawnSync(process.execPath, [biome, ...options], { cwd: root, encoding: 'utf8' })
  verdicts = `${done.stdout}\n${done.stderr}`.split('\n')
}, 30_000)

afterAll(() => rmSync(root, { recursive: true, force: true }))

test.each(bad)('%s is found in %s', (rule, file) => {
  expect(verdicts.filter((line) => line.startsWith('::error') && line.includes(`/${file},`)).join('\n')).toContain(rule)
})

test.each(sound)('%s is within its size', (file) => {
  expect(verdicts.filter((line) => line.includes(`/${file},`))).toEqual([])
})
