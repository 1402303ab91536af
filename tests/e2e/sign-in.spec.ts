import { expect, test } from '@playwright/test'
import { readStack } from '@/tests/setup/e2e-places'
import { signInByBrowser } from '@/tests/setup/sign-in'

test('a student signs in through the university, comes back to the page asked for, and signs out of both', async ({
  page,
  context,
}) => {
  const { appUrl } = readStack()
  await page.goto('/notifications')
  await expect(page).toHaveURL(/\/sign-in\?return=%2Fnotifications$/)
  await signInByBrowser(page, { appUrl, university: '云麓大学', person: '0230521003', returnPath: '/notifications' })
  await expect(page).toHaveURL(/\/notifications$/)
  await expect(page.getByText('云麓大学').first()).toBeVisible()
  const cookies = (await context.cookies()).filter(({ name }) => name.startsWith('yuanfen-'))
  expect(cookies.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite])).toEqual([
    ['yuanfen-session', true, 'Lax'],
  ])
  await page
    .getByLabel(/账户菜单/)
    .first()
    .click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await expect(page).toHaveURL(/\/signed-out$/)
  await page.goto('/notifications')
  await expect(page).toHaveURL(/\/sign-in\?/)
  // The university asks who it is again: its session is over too.
  await page.getByRole('button', { name: '云麓大学' }).click()
  await expect(page).toHaveURL(/\/interaction\//)
})

test('who cancels at the university is told in words, and the page knows how to go on', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: '海澄理工大学' }).click()
  await page.locator('button[name="cancel"]').click()
  await expect(page.getByRole('alert').filter({ hasText: '您取消了登录' })).toBeVisible()
  await expect(page.getByRole('button', { name: '海澄理工大学' })).toBeVisible()
})

test('a person at two universities adds the second, goes from one to the other, and back', async ({ page }) => {
  const { appUrl } = readStack()
  await signInByBrowser(page, { appUrl, university: '云麓大学', person: '彭亦辰', returnPath: '/universities' })
  const prove = page.getByRole('button', { name: '去证明' })
  if (await prove.isVisible()) {
    await prove.click()
    await page.locator('button[name="person"]', { hasText: '彭亦辰' }).first().click()
    await expect(page).toHaveURL(/\/universities\/confirm$/)
    await page.getByRole('button', { name: '是我，添加' }).click()
  }
  await expect(page).toHaveURL(/\/universities$/)
  await page.getByRole('button', { name: '切换到这里' }).click()
  await expect(page).toHaveURL(/\/review$/)
  await expect(page.getByText('海澄理工大学').first()).toBeVisible()
})

test('a form on another site starts no sign-in and ends no session', async ({ request }) => {
  for (const path of ['/api/auth/signin/oidc-yunlu', '/api/auth/sign-out']) {
    const answer = await request.post(path, { headers: { origin: 'https://evil.example' }, form: {} })
    expect(answer.status()).toBe(403)
  }
})

test('next-auth’s other doors are not there', async ({ request }) => {
  for (const path of ['session', 'csrf', 'providers', 'signout', 'signin', 'error', 'verify-request']) {
    expect((await request.get(`/api/auth/${path}`)).status(), path).toBe(404)
  }
})
