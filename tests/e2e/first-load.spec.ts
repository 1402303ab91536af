import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { FIRST_LOAD_LIMIT_BYTES, measureFirstLoad } from '@/scripts/check/first-load'
import { fillIn, listPages } from '@/tests/e2e/support/app-folder'
import { sessionOf } from '@/tests/e2e/support/desk'
import { knock } from '@/tests/e2e/support/door'
import { readFurniture } from '@/tests/e2e/support/furnish'
import { PAGE_DOORS } from '@/tests/e2e/support/page-doors'

/** The build that the stack under test serves. */
const BUILD = join(process.cwd(), process.env.NEXT_DIST_DIR || '.next')
/** Pages of Next.js itself: what is shown where there is none, or where all failed. */
const OWN_OF_NEXT = ['/_global-error', '/_not-found']

const addressOf = (page: string) => page.replace(/\/\([^)]*\)/g, '').replace(/\/page$/, '') || '/'

test('no page loads more script at first than it may', () => {
  const { pages } = measureFirstLoad(BUILD)
  expect(pages.map(({ page }) => addressOf(page)).sort()).toEqual([...OWN_OF_NEXT, ...listPages()].sort())
  expect(pages.filter(({ bytesAboveEmpty }) => bytesAboveEmpty > FIRST_LOAD_LIMIT_BYTES)).toEqual([])
})

test('a page names no script that was not measured', async () => {
  const { emptyPageFiles, pages } = measureFirstLoad(BUILD)
  const manifest: unknown = JSON.parse(readFileSync(join(BUILD, 'build-manifest.json'), 'utf8'))
  const polyfills = new Set(z.object({ polyfillFiles: z.array(z.string()) }).parse(manifest).polyfillFiles)
  for (const address of ['/', '/contributions', '/claims/new', '/review/[claimId]', '/admin/reports']) {
    const door = PAGE_DOORS[address]
    const who = door === undefined || door.open === 'anyone' ? null : (door.open[0] ?? null)
    const path = fillIn(address, door?.values?.({ ...readFurniture(), attemptId: '' }) ?? {})
    const html = await (await knock(who === null ? null : await sessionOf(who), path)).text()
    const named = [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="\/_next\/([^"?]+\.js)/g)].map(
      ([, file = '']) => decodeURIComponent(file),
    )
    const measured = new Set([
      ...emptyPageFiles,
      ...(pages.find(({ page }) => addressOf(page) === address)?.files ?? []),
    ])
    expect(named.length, address).toBeGreaterThan(emptyPageFiles.length)
    expect(
      named.filter((file) => !measured.has(file) && !polyfills.has(file)),
      address,
    ).toEqual([])
  }
})
