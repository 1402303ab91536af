import { type Browser, expect, type Page, test } from '@playwright/test'
import { directCommitSha } from '@/sandbox/world/small/direct-commits'
import { linkAccount } from '@/tests/e2e/support/job-student'
import { loadWords } from '@/tests/e2e/support/words'
import { readStack } from '@/tests/setup/e2e-places'
import { signInByBrowser } from '@/tests/setup/sign-in'

const words = loadWords('zh-CN')

/** Nobody else of the browser tests is these two; they are of different universities. */
const AUTHOR = {
  university: '海澄理工大学',
  person: '0023110118',
  name: '高天宇',
  id: 71204512,
  login: 'tianyu-gao-hit',
}
const HELPER = { university: '云麓大学', person: '0230521008', name: '周子墨', id: 71204505, login: 'zimo-codes' }

async function signInAndLink(browser: Browser, who: typeof AUTHOR): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })).newPage()
  const { appUrl } = readStack()
  await signInByBrowser(page, { appUrl, university: who.university, person: who.person, returnPath: '/accounts' })
  await linkAccount({ page, words, platform: 'github', account: { id: who.id, login: who.login } })
  return page
}

/** The same person in a browser that runs no script. */
async function withoutScript(browser: Browser, page: Page): Promise<Page> {
  const storageState = await page.context().storageState()
  return (await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN', storageState })).newPage()
}

test('a commit of two is added by its address without script, its parts proposed, and confirmed at another university', async ({
  browser,
}) => {
  test.setTimeout(300_000)
  const author = await signInAndLink(browser, AUTHOR)
  const helper = await signInAndLink(browser, HELPER)
  const plain = await withoutScript(browser, helper)
  await plain.goto('/contributions')
  const address = `${readStack().sandboxUrl}/github/huggingface/trl/commit/${directCommitSha('across')}`
  await plain.getByLabel(words('contributions.missing.label')).fill(address)
  await plain.getByRole('button', { name: words('contributions.missing.ask') }).click()
  await expect(plain.getByText(words('contributions.missing.canAddAnswer'))).toBeVisible()
  await plain.getByRole('button', { name: words('contributions.missing.add') }).click()
  await expect(plain).toHaveURL(/missing=/)
  await expect(plain.getByText(words('flash.contribution_added'))).toBeVisible()

  await helper.goto('/contributions/shares')
  const part = (login: string) => helper.getByLabel(words('contributions.shares.percent', { login }))
  await part(AUTHOR.login).fill('60')
  await part(HELPER.login).fill('40')
  await helper.getByRole('button', { name: words('contributions.shares.propose'), exact: true }).click()
  await expect(helper.getByText(words('contributions.shares.state.proposed'), { exact: true })).toBeVisible()

  await author.goto('/notifications')
  await author.getByRole('button', { name: new RegExp(HELPER.login) }).click()
  await expect(author).toHaveURL(/\/contributions\/shares$/)
  await expect(author.getByText(words('contributions.shares.percentOf', { percent: 60 }))).toBeVisible()
  await author.getByRole('button', { name: words('contributions.shares.confirm'), exact: true }).click()
  await expect(author.getByText(words('contributions.shares.state.locked'), { exact: true })).toBeVisible()
  const main = author.getByRole('main')
  await expect(main).toContainText(HELPER.login)
  await expect(main).not.toContainText(HELPER.name)
})
