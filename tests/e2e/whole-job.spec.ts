import { type Browser, expect, type Page, test } from '@playwright/test'
import { type Awarded, download, type Exported, expectedRow } from '@/tests/e2e/support/job-report'
import { askForChanges, decideInBulk, decideOne, type Reviewed, type Staff } from '@/tests/e2e/support/job-staff'
import { answerReviewer, type Candidate, claimCredit, lookAtCredit } from '@/tests/e2e/support/job-student'
import { personOf } from '@/tests/e2e/support/outside'
import { loadWords } from '@/tests/e2e/support/words'
import { readStack } from '@/tests/setup/e2e-places'
import { signInByBrowser } from '@/tests/setup/sign-in'

const zh = loadWords('zh-CN')
const en = loadWords('en')
const TERM = { zh: '2026—2027 学年秋季学期', en: 'Autumn 2026' }
const COLLEGE = '计算机学院'

async function openBrowser(browser: Browser, locale: 'zh-CN' | 'en-US'): Promise<Page> {
  const context = await browser.newContext({
    locale,
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 800 },
  })
  return context.newPage()
}

/** Two students, a professor and an admin, each in a browser of their own, from the first sign-in to what is filed. */
test('from a linked account to a report that is filed, on GitHub in Chinese and on Gitee in English', async ({
  browser,
}) => {
  test.setTimeout(600_000)
  const onGithub: Candidate = {
    page: await openBrowser(browser, 'zh-CN'),
    words: zh,
    university: '云麓大学',
    number: '0230417001',
    platform: 'github',
    account: { id: 71204501, login: 'linyue-dev' },
    term: TERM.zh,
    claims: [
      { reference: 'vllm-project/vllm#14201', tier: 'flagship', aiUse: 'none' },
      { reference: 'huggingface/transformers#36288', tier: 'flagship', aiUse: 'substantial' },
    ],
    asks: [
      { path: '/huggingface/transformers/pull/36248', reason: 'reverted' },
      { path: '/vllm-project/vllm/pull/14210', reason: 'other_branch' },
    ],
    statement: '定位了分块预填充时块表越界的原因，修复并补充了单元测试。',
  }
  const onGitee: Candidate = {
    page: await openBrowser(browser, 'en-US'),
    words: en,
    university: 'Yunlu University',
    number: '0230417002',
    platform: 'gitee',
    account: { id: 9150002, login: 'chensiyuan' },
    term: TERM.en,
    claims: [
      { reference: 'mindspore/mindspore#80261', tier: 'flagship', aiUse: 'none' },
      { reference: 'mindspore/mindformers#5349', tier: 'standard', aiUse: 'none' },
    ],
    asks: [{ path: '/mindspore/mindspore/pulls/80271', reason: 'other_branch' }],
    statement: 'Fixed the precision of Concat under dynamic shapes, with tests for two operators.',
  }
  const [first, second] = await test.step('both students link, look and claim', () =>
    Promise.all([claimCredit(onGithub), claimCredit(onGitee)]))
  const [linYue, chenSiyuan] = await Promise.all([personOf(onGithub.number), personOf(onGitee.number)])
  const [read] = first.chosen
  const [other] = second.chosen
  if (!read || !other) throw new Error('nothing was claimed')
  const reviewed: Reviewed = { name: linYue.name, pullRequest: read.pullRequest, hundredths: first.hundredths }
  const unread: Reviewed = { name: chenSiyuan.name, pullRequest: other.pullRequest, hundredths: second.hundredths }

  const professor: Staff = { page: await openBrowser(browser, 'zh-CN'), words: zh }
  await test.step('the professor reads, asks for changes, and endorses', async () => {
    await signIn(professor.page, '00010023', '/review')
    const comment = '请说明您自己完成了哪一部分。'
    await askForChanges(professor, reviewed, comment)
    await answerReviewer(onGithub, comment, '块表的修复由我独立完成；基准测试部分用了代码补全，逐行核对过。')
    await decideOne(professor, reviewed, { queue: '/review', action: 'endorse' })
    await decideInBulk(professor, { queue: '/review', names: [unread.name] })
  })

  const admin: Staff = { page: await openBrowser(browser, 'zh-CN'), words: zh }
  await test.step('the admin approves, one by one and in bulk', async () => {
    await signIn(admin.page, '00090002', '/admin/approvals')
    await decideOne(admin, reviewed, { queue: '/admin/approvals', action: 'approve' })
    await decideInBulk(admin, { queue: '/admin/approvals', names: [unread.name] })
  })

  await test.step('the students find their credit', async () => {
    await lookAtCredit(onGithub, first.hundredths)
    await lookAtCredit(onGitee, second.hundredths)
  })

  await test.step('the report holds exactly what the world and the rules give, and is filed', async () => {
    const awards: Awarded[] = [
      { number: onGithub.number, ...first },
      { number: onGitee.number, ...second },
    ]
    const rows = await Promise.all(awards.map((award) => expectedRow(award, TERM.zh)))
    await exportReport(admin.page, rows)
    await fileTerm(admin.page, rows)
  })
})

function signIn(page: Page, person: string, returnPath: string): Promise<void> {
  return signInByBrowser(page, { appUrl: readStack().appUrl, university: '云麓大学', person, returnPath })
}

/** Both files of the report hold these rows and no others; the page keeps the checksum of each. */
async function exportReport(page: Page, rows: readonly string[][]): Promise<void> {
  await page.goto('/admin/reports')
  await page.getByLabel(zh('reports.filter.term')).selectOption({ label: TERM.zh })
  await page.getByLabel(zh('reports.filter.college')).selectOption({ label: COLLEGE })
  await page.getByRole('button', { name: zh('reports.filter.apply') }).click()
  await expect(page).toHaveURL(/college=/)
  const form = page.locator('form[action="/api/reports/export"]')
  for (const format of ['xlsx', 'csv'] as const) {
    const file = await download(page, form, format, zh)
    expectRows(file, rows)
    await page.reload()
    await expect(page.getByText(file.sha256)).toBeVisible()
  }
}

/** The term is filed once: its file holds the same rows, and nothing waits any more. */
async function fileTerm(page: Page, rows: readonly string[][]): Promise<void> {
  await page.goto('/admin/filings')
  const candidate = page.locator('section').filter({ has: page.getByRole('heading', { name: TERM.zh }) })
  await candidate.getByRole('radio', { name: zh('filings.term.keep_open') }).check()
  await candidate.getByRole('button', { name: zh('filings.file', { entries: rows.length }) }).click()
  await expect(page).toHaveURL(/\/admin\/filings\/[\da-f-]{36}$/)
  const file = await download(page, page.locator('form[action="/api/reports/export"]'), 'xlsx', zh)
  expectRows(file, rows)
  await page.goto('/admin/filings')
  await expect(page.getByRole('button', { name: /^备案/ })).toHaveCount(0)
}

function expectRows({ headings, rows }: Exported, expected: readonly string[][]): void {
  expect(headings.slice(0, 12)).toEqual(
    '学号 姓名 学院 专业 班级 学期 项目 级别 认定学分 类别 认定日期 证明材料'.split(' '),
  )
  const byNumber = (a: readonly string[], b: readonly string[]) => (a[0] ?? '').localeCompare(b[0] ?? '')
  expect(rows.map((row) => row.slice(0, 14)).toSorted(byNumber)).toEqual(expected.toSorted(byNumber))
}
