import { expect, test } from '@playwright/test'
import { readStack } from '@/tests/setup/e2e-places'

test('the whole stack is well, and says so without a sign-in', async ({ request }) => {
  const answer = await request.get('/api/health')
  expect(answer.status()).toBe(200)
  expect(await answer.json()).toMatchObject({
    status: 'ok',
    database: { ok: true },
    migrations: { ok: true },
    queue: { ok: true },
  })
})

test('the landing page opens in Chinese, with nothing in the console', async ({ page }) => {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(complaints).toEqual([])
})

test('nothing that the page loads comes from another host', async ({ page }) => {
  const hosts = new Set<string>()
  page.on('request', (asked) => hosts.add(new URL(asked.url()).origin))
  await page.goto('/')
  expect([...hosts]).toEqual([readStack().appUrl])
})
