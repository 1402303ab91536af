import { expect, type Page } from '@playwright/test'
import { formatHundredths } from '@/lib/domain/hundredths'
import { filesOf, type OutsidePullRequest } from '@/tests/e2e/support/outside'
import type { Words } from '@/tests/e2e/support/words'

export type Staff = { page: Page; words: Words }
export type Reviewed = { name: string; pullRequest: OutsidePullRequest; hundredths: number }

/** Opens a claim from the queue, reads a file's diff and the calculation, and asks for changes. */
export async function askForChanges(staff: Staff, reviewed: Reviewed, comment: string): Promise<void> {
  const { page, words } = staff
  await openClaim(staff, '/review', reviewed)
  await readDiff(staff, reviewed.pullRequest)
  const decision = page.getByRole('region', { name: words('reviews.bar.title') })
  // Without a word for the student it is refused, and what was typed stays.
  await decision.getByRole('button', { name: words('reviews.action.request_changes') }).click()
  await expect(page.getByRole('alert').filter({ hasText: words('reviews.errors.reason_required') })).toBeVisible()
  await decision.getByLabel(words('reviews.bar.comment')).fill(comment)
  await decision.getByRole('button', { name: words('reviews.action.request_changes') }).click()
  await expect(page).toHaveURL(/\/review$/)
  await expect(page.getByRole('link', { name: new RegExp(reviewed.name) })).toHaveCount(0)
}

/** Decides a claim on its own page. */
export async function decideOne(
  staff: Staff,
  reviewed: Reviewed,
  { queue, action }: { queue: '/review' | '/admin/approvals'; action: 'endorse' | 'approve' },
): Promise<void> {
  const { page, words } = staff
  await openClaim(staff, queue, reviewed)
  await page.getByRole('button', { name: words(`reviews.action.${action}`), exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`${queue}$`))
  await expect(page.getByText(words(`flash.decided_${action}`))).toBeVisible()
}

async function openClaim({ page, words }: Staff, queue: string, { name, hundredths }: Reviewed): Promise<void> {
  await page.goto(queue)
  await page.getByRole('link', { name: new RegExp(name) }).click()
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(name) })).toBeVisible()
  const calculation = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: words('reviews.claim.calculation') }) })
  await expect(calculation.locator('tfoot')).toContainText(formatHundredths(hundredths))
}

/** The frozen files are those of the world, and the diff of the first opens in place. */
async function readDiff({ page, words }: Staff, pullRequest: OutsidePullRequest): Promise<void> {
  const [path = ''] = await filesOf(pullRequest)
  const item = page.getByRole('listitem').filter({ hasText: `${pullRequest.fullName}#${pullRequest.number}` })
  await item
    .locator('summary', { hasText: words('reviews.evidence.summary', { parts: '' }).trim() })
    .first()
    .click()
  await item.locator('summary', { hasText: path }).click()
  await expect(item.getByRole('region', { name: path })).toContainText('@@ ')
}

/** Ticks a claim in the list and decides it with one button. */
export async function decideInBulk(
  { page, words }: Staff,
  { queue, names }: { queue: '/review' | '/admin/approvals'; names: readonly string[] },
): Promise<void> {
  const stage = queue === '/review' ? 'endorsement' : 'approval'
  await page.goto(queue)
  for (const name of names) await page.getByRole('checkbox', { name: words('reviews.queue.choose', { name }) }).check()
  await page.getByRole('button', { name: words(`reviews.queue.bulk.${stage}Button`) }).click()
  await expect(page.getByText(words(`reviews.queue.bulk.${stage}Done`, { count: names.length }))).toBeVisible()
}
