/**
 * `npm run pictures -- APP_URL`: walks the main job in a browser on a fresh demo, and takes the README's pictures on the
 * way, in both languages, 1280 wide, light. Start the demo first, with nobody's work in it: `npm run demo -- --fresh`.
 */
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, chromium, expect, type Page } from '@playwright/test'
import { shrinkPng } from '@/tests/pictures/png'
import { findBrowser } from '@/tests/setup/browser'
import { signInByBrowser } from '@/tests/setup/sign-in'

const FOLDER = join(import.meta.dirname, '../../docs/images')
const MOST_BYTES = 150 * 1024
const LOCALES = ['zh-CN', 'en'] as const
const UNIVERSITY = '云麓大学'
const STUDENT = '0230417001'
const PROFESSOR = '00010023'
const ADMIN = '00090002'
const SYNC_MS = 120_000

const appUrl = process.argv[2] ?? 'http://localhost:3000'

mkdirSync(FOLDER, { recursive: true })
const browser = await findBrowser()
const running = await chromium.launch({
  executablePath: browser.executablePath,
  args: [...browser.args],
  env: { ...definedVariables(), ...browser.env },
})
try {
  await walk()
} finally {
  await running.close()
}

async function walk(): Promise<void> {
  await as(STUDENT, studentClaims)
  await as(PROFESSOR, professorEndorses)
  await as(ADMIN, adminApproves)
  await as(STUDENT, async (page) => {
    await picture(page, 'home', '/home')
    await picture(page, 'rules', '/policy')
  })
}

async function studentClaims(page: Page): Promise<void> {
  await link(page, 'github', 'button[name="login"][value="linyue-dev"]')
  await link(page, 'gitee', 'button[name="account"][data-login="lin-yue"]')
  await everythingRead(page)
  await picture(page, 'contributions', '/contributions')
  await claim(page, 3)
  await claim(page, 2)
}

/** Links an account as its owner does: on to the platform, pick, come back, say yes. */
async function link(page: Page, platform: string, account: string): Promise<void> {
  await page.goto(`${appUrl}/accounts`)
  await page.locator(`form[action="/api/link/${platform}/start"] button`).click()
  await page.locator(account).first().click()
  await page.waitForURL((url) => url.pathname.startsWith('/accounts/confirm/'))
  await page.locator('form:has(input[name="consentVersion"]) button[type="submit"]').first().click()
  await page.waitForURL(`${appUrl}/accounts`)
}

/** Until both accounts say that they are up to date. */
async function everythingRead(page: Page): Promise<void> {
  await expect(async () => {
    await page.goto(`${appUrl}/accounts`)
    await expect(page.getByText('最新', { exact: true })).toHaveCount(2, { timeout: 1_000 })
  }).toPass({ timeout: SYNC_MS })
}

/** Claims the first so many contributions that count. */
async function claim(page: Page, count: number): Promise<void> {
  await page.goto(`${appUrl}/claims/new`)
  const boxes = page.locator('input[name="contributionIds"]')
  for (let index = 0; index < count; index += 1) await boxes.nth(index).check()
  await page
    .locator('textarea[name="statement"]')
    .fill('修复了边界情况下的错误，补充了测试，并按维护者的意见改了两轮。')
  await page.locator('button[type="submit"]', { hasText: /保存|下一步/ }).click()
  await page.waitForURL(/\/claims\/[0-9a-f-]{36}$/)
  if (count === 3) await picture(page, 'claim')
  await page.locator('button[type="submit"]', { hasText: /提交/ }).first().click()
  // What was handed in is not edited any more.
  await expect(page.locator('a[href$="/edit"]')).toHaveCount(0)
}

async function professorEndorses(page: Page): Promise<void> {
  const first = page.locator('table a[href^="/review/"]').first()
  await page.goto(`${appUrl}/review`)
  await expect(async () => {
    await page.reload()
    await expect(page.locator('table a[href^="/review/"]')).toHaveCount(2, { timeout: 1_000 })
  }).toPass({ timeout: SYNC_MS })
  await first.click()
  await page.waitForURL(/\/review\/[0-9a-f-]{36}/)
  await picture(page, 'review')
  await page.locator('button[name="decision"][value="endorse"]').click()
  await page.waitForURL((url) => !/\/review\/[0-9a-f-]{36}$/.test(url.pathname))
}

async function adminApproves(page: Page): Promise<void> {
  await page.goto(`${appUrl}/admin/approvals`)
  await page.locator('table a[href^="/admin/approvals/"]').first().click()
  await page.locator('button[name="decision"][value="approve"]').click()
  await page.waitForURL((url) => !/\/approvals\/[0-9a-f-]{36}$/.test(url.pathname))
  await picture(page, 'overview', '/admin')
  await picture(page, 'ledger', '/admin/ledger')
  await picture(page, 'reports', '/admin/reports')
}

/** Takes one page in both languages; what moves stands still. */
async function picture(page: Page, name: string, path = new URL(page.url()).pathname): Promise<void> {
  for (const locale of LOCALES) {
    await page.context().addCookies([{ name: 'locale', value: locale, url: appUrl }])
    await page.goto(appUrl + path)
    await page.waitForLoadState('networkidle')
    const file = join(FOLDER, `${name}.${locale}.png`)
    writeFileSync(file, shrinkPng(await page.screenshot({ animations: 'disabled', caret: 'hide' })))
    const { size } = statSync(file)
    console.log(`${size > MOST_BYTES ? 'TOO LARGE ' : ''}${file} ${Math.round(size / 1024)} KiB`)
    if (size > MOST_BYTES) process.exitCode = 1
  }
  await page.context().addCookies([{ name: 'locale', value: LOCALES[0], url: appUrl }])
  await page.goto(appUrl + path)
}

/** In a browser of somebody's own. */
async function as(number: string, work: (page: Page) => Promise<void>): Promise<void> {
  const context: BrowserContext = await running.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  const page = await context.newPage()
  try {
    await signInByBrowser(page, { appUrl, university: UNIVERSITY, person: number })
    await work(page)
  } finally {
    await context.close()
  }
}

function definedVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
