import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PLATFORMS } from '@/lib/domain/platform'

/** What each platform is written as; whoever knows one folder knows them all. */
const IN_EACH = [
  'README.md',
  'adapter.ts',
  'api.ts',
  'complete.ts',
  'oauth.ts',
  'profile.ts',
  'schema.ts',
  'transform.ts',
]

const ROOT = 'lib/platforms'
const filesOf = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
const foldersOf = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)

test('there is a folder for each platform, and none beside', () => {
  expect(foldersOf(ROOT).sort()).toEqual([...PLATFORMS].sort())
})

test.each(PLATFORMS)('%s has the files that every platform has', (platform) => {
  expect(filesOf(`${ROOT}/${platform}`)).toEqual(expect.arrayContaining(IN_EACH))
})

test('what two platforms have is in all of them: it is a part of the port, and not one platform’s own', () => {
  const own = PLATFORMS.flatMap((platform) => filesOf(`${ROOT}/${platform}`)).filter(
    (name) => !name.endsWith('.test.ts') && !IN_EACH.includes(name),
  )
  const shared = own.filter((name, at) => own.indexOf(name) !== at)
  expect(shared).toEqual([])
})

test.each(PLATFORMS)('%s stands in the sandbox and in the contract', (platform) => {
  expect(foldersOf('sandbox')).toContain(platform)
  expect(filesOf(`sandbox/${platform}`)).toContain('part.ts')
})
