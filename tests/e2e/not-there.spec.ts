import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { sitDown, test } from '@/tests/e2e/support/desk'
import type { PersonName } from '@/tests/e2e/support/people'
import { loadWords } from '@/tests/e2e/support/words'

const words = loadWords('zh-CN')

const NOWHERE: readonly { path: string; who: PersonName; home: string }[] = [
  { path: '/admin/people', who: 'admin', home: '/admin' },
  { path: '/review', who: 'professor', home: '/review' },
  { path: '/claims', who: 'student', home: '/home' },
]

for (const { path, who, home } of NOWHERE) {
  test(`what is not there is said in the frame that one was in: ${path}`, async ({ page }) => {
    await sitDown(page, who, 'zh-CN')
    const answer = await page.goto(`${path}/${randomUUID()}`)
    expect(answer?.status()).toBe(404)
    await expect(page.getByRole('heading', { name: words('errors.missing.title') }).first()).toBeVisible()
    await expect(page.getByRole('navigation', { name: words('shell.navigation') })).toBeVisible()
    await expect(page.getByRole('link', { name: words('errors.missing.home') })).toHaveAttribute('href', home)
    await expect(page.getByRole('link', { name: words('shell.signIn') })).toHaveCount(0)
  })
}

test('who has no part in a group, or types what is nowhere, is not asked to sign in', async ({ page }) => {
  await sitDown(page, 'student', 'zh-CN')
  for (const path of ['/admin', '/nothing-is-here']) {
    await page.goto(path)
    await expect(page.getByRole('link', { name: words('errors.missing.home') })).toHaveAttribute('href', '/home')
    await expect(page.getByRole('link', { name: words('shell.signIn') })).toHaveCount(0)
  }
})
