import { expect, type Page } from '@playwright/test'
import { fillIn } from '@/tests/e2e/support/app-folder'
import { sitDown, test } from '@/tests/e2e/support/desk'
import { readFurniture } from '@/tests/e2e/support/furnish'
import { expectStill, open, watch } from '@/tests/e2e/support/look'
import { PAGE_DOORS } from '@/tests/e2e/support/page-doors'
import type { PersonName } from '@/tests/e2e/support/people'
import { loadWords } from '@/tests/e2e/support/words'

/** The pages that bring the most, and from which page a reader comes to them. */
const HEAVY: readonly { from: string; to: string; who: PersonName }[] = [
  { from: '/home', to: '/contributions', who: 'student' },
  { from: '/claims', to: '/claims/[id]', who: 'student' },
  { from: '/review', to: '/review/[claimId]', who: 'professor' },
  { from: '/admin', to: '/admin/reports', who: 'admin' },
  { from: '/admin', to: '/admin/catalog', who: 'admin' },
]
const WIDE = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }

test.use({ trace: 'off' })

const pathOf = (address: string) =>
  fillIn(address, PAGE_DOORS[address]?.values?.({ ...readFurniture(), attemptId: '' }) ?? {})

declare global {
  interface Window {
    skeletonsSeen?: number
  }
}

for (const { from, to, who } of HEAVY) {
  test(`over a slow line nothing moves: ${to}`, async ({ page }) => {
    await sitDown(page, who, 'zh-CN')
    await watch(page)
    // Scripts and styles are there; then each page comes bit by bit.
    await open(page, pathOf(from), PHONE)
    await setSpeed(page, 5_000)
    await goOn(page, pathOf(to))
    await expectStill(page, 'within the app')
    await setSpeed(page, 30_000)
    for (const size of [WIDE, PHONE]) {
      await open(page, pathOf(to), size)
      await expectStill(page, `${size.width} as a document`)
    }
  })
}

/** @param bytes that the line lets through in a second, from now on */
async function setSpeed(page: Page, bytes: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 100,
    downloadThroughput: bytes,
    uploadThroughput: -1,
  })
}

/** Goes to a page by a link (on a phone it may stand in the closed menu), over its skeleton, until it stands. */
async function goOn(page: Page, path: string): Promise<void> {
  const label = loadWords('zh-CN')('common.loading')
  // The page itself keeps watch: on a busy machine the skeleton may be gone before a test has looked.
  await page.evaluate((text) => {
    window.shiftSoFar = 0
    window.skeletonsSeen = 0
    const look = () => {
      if (document.querySelector('main [role="status"]')?.textContent?.includes(text)) window.skeletonsSeen = 1
    }
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
  }, label)
  await page.locator(`a[href="${path}"]`).first().dispatchEvent('click')
  await page.waitForURL((url) => url.pathname === path)
  await expect(page.locator('main').getByRole('status').filter({ hasText: label })).toHaveCount(0)
  await expect(page.locator('h1').first()).toBeVisible()
  expect(await page.evaluate(() => window.skeletonsSeen)).toBe(1)
}
