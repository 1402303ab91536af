import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { measureFirstLoad } from '@/scripts/check/first-load'

let folder: string

function write(path: string, content: string | Buffer) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}

function writePage(page: string, entryJSFiles: Record<string, string[]>) {
  const manifest = JSON.stringify({ entryJSFiles })
  write(
    `server/app${page}_client-reference-manifest.js`,
    `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};\nglobalThis.__RSC_MANIFEST["${page}"] = ${manifest};\n`,
  )
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'first-load-'))
  write('build-manifest.json', JSON.stringify({ rootMainFiles: ['chunks/root.js'] }))
  write('chunks/root.js', randomBytes(3000))
  write('chunks/shared.js', randomBytes(10_000))
  write('chunks/heavy.js', randomBytes(50_000))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('counts each file of a page once, and none that the empty page has', () => {
  writePage('/light/page', { layout: ['chunks/root.js', 'chunks/shared.js'], page: ['chunks/shared.js'] })
  writePage('/heavy/page', { layout: ['chunks/shared.js'], page: ['chunks/heavy.js'] })
  const { emptyPageBytes, pages } = measureFirstLoad(folder)
  // Random bytes do not shrink; gzip adds a little around them.
  expect(emptyPageBytes - 3000).toBeLessThan(100)
  expect(pages.map(({ page }) => page)).toEqual(['/heavy/page', '/light/page'])
  expect((pages[1]?.bytesAboveEmpty ?? 0) - 10_000).toBeLessThan(100)
  expect((pages[0]?.bytesAboveEmpty ?? 0) - 60_000).toBeLessThan(200)
})

it('says so when it cannot read a manifest', () => {
  write('server/app/page_client-reference-manifest.js', 'export {}')
  expect(() => measureFirstLoad(folder)).toThrow('does not look like a manifest')
})
