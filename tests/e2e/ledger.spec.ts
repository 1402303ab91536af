import { expect } from '@playwright/test'
import { sitDown, test } from '@/tests/e2e/support/desk'
import { loadWords } from '@/tests/e2e/support/words'
import { readStack } from '@/tests/setup/e2e-places'

for (const locale of ['zh-CN', 'en'] as const) {
  test(`a line is found by its number, and its whole hash copied by the keyboard, on a phone (${locale})`, async ({
    page,
  }) => {
    const words = loadWords(locale)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: readStack().appUrl })
    await page.setViewportSize({ width: 390, height: 844 })
    await sitDown(page, 'admin', locale)
    await page.goto('/admin/ledger')
    await page.getByLabel(words('ledger.lineNumber')).fill('1')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/[?&]line=1(&|$)/)
    const line = page.locator('tbody tr')
    await expect(line).toHaveCount(1)

    await line.locator('summary').focus()
    await page.keyboard.press('Enter')
    const whole = line.locator('code')
    await expect(whole).toHaveText(/^[0-9a-f]{64}$/)
    await expect(whole).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(line.getByRole('status')).toHaveText(words('ui.copy.copied'))
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await whole.textContent())

    await page.getByLabel(words('ledger.lineNumber')).fill('twelve')
    await page.keyboard.press('Enter')
    await expect(page.getByText(words('ledger.notANumber'))).toBeVisible()
  })
}

test('where the browser lets no page copy, the hash is selected for the reader to do it', async ({ page }) => {
  await sitDown(page, 'admin', 'en')
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await page.goto('/admin/ledger?line=1')
  const line = page.locator('tbody tr')
  await line.locator('summary').click()
  await line.getByRole('button', { name: loadWords('en')('ui.copy.label') }).click()
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(await line.locator('code').textContent())
})
