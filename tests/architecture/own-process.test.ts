import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { OWN_PROCESS } from '@/vitest.config'

/** What changes the configuration of its process, which is read once. */
const SETS = /setAppEnv\((?!\))(?!values)|Object\.assign\(process\.env|process\.env\.\w+ = /

const root = process.cwd()
const sources = globSync('{lib,components,app,sandbox,scripts,tests}/**/*.{ts,tsx}', { cwd: root })
const bare = (file: string) => file.replace(/\.tsx?$/, '')
const setters = new Set(sources.filter((file) => SETS.test(readFileSync(file, 'utf8'))).map(bare))

/** The files of this repository that a file names in its imports, without their endings. */
function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/from '(@\/|\.\.?\/)([^']+)'/g)].map(([, start = '', rest = '']) =>
    start === '@/' ? rest : relative(root, join(root, dirname(file), start, rest)),
  )
}

test('a test that configures its process for itself has the process for itself', () => {
  const own = new Set(OWN_PROCESS.flatMap((pattern) => globSync(pattern, { cwd: root })))
  const tests = sources.filter((file) => /\.test\.tsx?$/.test(basename(file)))
  const configuring = tests.filter((file) =>
    [bare(file), ...importsOf(file)].some((name) => setters.has(name) && name !== 'tests/setup/app-env'),
  )
  expect(configuring).toContain('tests/integration/sync/cohort.test.ts')
  expect(configuring.filter((file) => !own.has(file))).toEqual([])
})
