import { expect } from '@playwright/test'
import { sitDown, test } from '@/tests/e2e/support/desk'
import { loadWords } from '@/tests/e2e/support/words'

test('a file that is larger than any may be is refused in words, on the page where it was sent from', async ({
  page,
}) => {
  const words = loadWords('zh-CN')
  await sitDown(page, 'admin', 'zh-CN')
  await page.goto('/admin/roster')
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'roster.csv', mimeType: 'text/csv', buffer: Buffer.alloc(11_000_000, 'x') })
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page
      .locator('form', { has: page.locator('input[type="file"]') })
      .locator('button[type="submit"]')
      .click(),
  ])
  expect(answer.status()).toBe(413)
  await expect(page.getByRole('alert').filter({ hasText: words('errors.body_too_large') })).toBeVisible()
})
