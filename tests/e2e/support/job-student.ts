import { expect, type Page } from '@playwright/test'
import type { AiUse } from '@/lib/domain/ai-use'
import { formatHundredths } from '@/lib/domain/hundredths'
import { platformName } from '@/lib/domain/platform'
import { type Chosen, type OutsidePullRequest, pullRequestsOf, worthOf } from '@/tests/e2e/support/outside'
import type { Words } from '@/tests/e2e/support/words'
import { readStack } from '@/tests/setup/e2e-places'
import { signInByBrowser } from '@/tests/setup/sign-in'

/** What a busy machine may take for a job of the worker; nothing waits for it once it is done. */
const slowly = expect.configure({ timeout: 120_000 })

export type Candidate = {
  page: Page
  words: Words
  university: string
  number: string
  platform: 'github' | 'gitee'
  account: { id: number; login: string }
  term: string
  /** What is claimed, by `owner/name#number`, and the tier that the catalog gives it. */
  claims: readonly { reference: string; tier: Chosen['tier']; aiUse: AiUse }[]
  /** Paths at the platform that are asked about, and the reason each is answered with. */
  asks: readonly { path: string; reason: string }[]
  statement: string
}

export const addressMark = (platform: 'github' | 'gitee'): string => (platform === 'gitee' ? '!' : '#')

const mustHave = (world: Map<string, OutsidePullRequest>, reference: string): OutsidePullRequest => {
  const found = world.get(reference)
  if (found === undefined) throw new Error(`the world has no ${reference}`)
  return found
}

/** From the university's sign-in to a claim whose evidence is frozen. @returns the claim's id and what it is worth */
export async function claimCredit(
  candidate: Candidate,
): Promise<{ claimId: string; hundredths: number; chosen: Chosen[] }> {
  const { page, words, platform, account } = candidate
  const { appUrl } = readStack()
  const { university, number } = candidate
  await signInByBrowser(page, { appUrl, university, person: number, returnPath: '/home' })
  await expect(page.getByRole('heading', { name: words('home.next.link.title') })).toBeVisible()
  const main = page.getByRole('main')
  await main.getByRole('link', { name: words('home.next.link.action') }).click()
  await linkAccount(candidate)
  const world = await pullRequestsOf(platform, account.id)
  const chosen = candidate.claims.map(({ reference, tier }) => ({ pullRequest: mustHave(world, reference), tier }))
  await lookAtContributions(candidate, chosen)
  for (const asked of candidate.asks) await askWhy(candidate, asked)
  const claimId = await makeClaim(candidate, chosen)
  return { claimId, hundredths: worthOf(chosen), chosen }
}

/** From the page of accounts to one that is linked and read. */
export async function linkAccount({
  page,
  words,
  platform,
  account,
}: Pick<Candidate, 'page' | 'words' | 'platform' | 'account'>): Promise<void> {
  const name = platformName(platform)
  await page.getByRole('button', { name: words('accounts.add.agree', { platform: name }) }).click()
  await page.waitForURL(/authorize/)
  const search = page.locator('form[role="search"]')
  await search.locator('input[name="q"]').fill(account.login)
  await search.locator('button').click()
  await page.getByRole('button', { name: new RegExp(`@${account.login}\\b`) }).click()
  await expect(
    page.getByRole('heading', { name: words('accounts.confirm.title', { login: account.login }) }),
  ).toBeVisible()
  await expect(page.getByText(String(account.id), { exact: true })).toBeVisible()
  await page.getByRole('button', { name: words('accounts.confirm.yes', { login: account.login }) }).click()
  await expect(page).toHaveURL(/\/accounts$/)
  // The card follows the sync by itself; nobody reloads.
  await slowly(page.getByText(words('accounts.freshness.fresh'), { exact: true })).toBeVisible()
}

/** What counts stands there as the platform has it. */
async function lookAtContributions({ page, words, platform, term }: Candidate, chosen: readonly Chosen[]) {
  await page.getByRole('link', { name: words('accounts.card.seeContributions') }).click()
  await expect(page.getByRole('heading', { level: 1, name: words('contributions.title') })).toBeVisible()
  await page.getByRole('link', { name: words('contributions.filter.counts'), exact: true }).click()
  await expect(page).toHaveURL(/filter=counts/)
  const termLink = page.getByRole('link', { name: term, exact: true })
  await termLink
    .or(page.getByLabel(words('contributions.filter.term')))
    .first()
    .waitFor()
  if (await termLink.isVisible()) await termLink.click()
  for (const { pullRequest } of chosen) {
    const { fullName, number, title, additions, deletions } = pullRequest
    const row = page.getByRole('listitem').filter({ hasText: `${fullName}${addressMark(platform)}${number}` })
    await expect(row.getByRole('link', { name: title })).toBeVisible()
    await expect(row.getByText(words('contributions.counts'), { exact: true })).toBeVisible()
    await expect(row).toContainText(`+${additions} −${deletions}`)
  }
}

/** "Why isn't my pull request here?" */
async function askWhy({ page, words, platform }: Candidate, { path, reason }: Candidate['asks'][number]) {
  const address = `${readStack().sandboxUrl}/${platform}${path}`
  await page.getByLabel(words('contributions.missing.label')).fill(address)
  await page.getByRole('button', { name: words('contributions.missing.ask') }).click()
  await expect(page).toHaveURL(new RegExp(`missing=.*${path.split('/').at(-1)}`))
  const answer = page.locator('#missing')
  await expect(answer.getByText(words('contributions.missing.doesNotCountAnswer'))).toBeVisible()
  await expect(answer.getByText(words(`reasons.${reason}.short`), { exact: true })).toBeVisible()
}

async function makeClaim(candidate: Candidate, chosen: readonly Chosen[]): Promise<string> {
  const { page, words, claims, statement } = candidate
  await page.getByRole('link', { name: words('contributions.claimSelected') }).click()
  await expect(page.getByRole('heading', { level: 1, name: words('claims.form.newTitle') })).toBeVisible()
  await expect(page.getByText(words('claims.form.previewNothing'))).toBeVisible()
  for (const [index, { pullRequest }] of chosen.entries()) {
    const box = page.getByRole('checkbox', { name: words('claims.form.choose', { title: pullRequest.title }) })
    const row = page
      .getByRole('listitem')
      .filter({ hasText: `${pullRequest.fullName}${addressMark(candidate.platform)}${pullRequest.number}` })
    await row.getByRole('checkbox').check()
    await expect(box.first()).toBeVisible()
    const aiUse = claims[index]?.aiUse ?? 'none'
    await row.getByLabel(words('claims.form.aiUse')).selectOption(aiUse)
    if (aiUse !== 'none') await row.getByLabel(words('claims.form.aiUseNote')).fill('代码补全 / completion')
  }
  const preview = page.locator('[aria-live="polite"]').filter({ hasText: words('claims.form.preview') })
  await slowly(preview).toContainText(formatHundredths(worthOf(chosen)))
  await page.getByLabel(words('claims.form.statement')).fill(statement)
  await page.getByRole('button', { name: words('claims.form.save') }).click()
  await expect(page).toHaveURL(/\/claims\/[\da-f-]{36}$/)
  await submitClaim(candidate, words('claims.detail.submit'))
  await slowly(page.locator('tfoot')).toContainText(formatHundredths(worthOf(chosen)))
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

/** Hands the claim in and waits on its page, which moves on by itself, until the evidence is frozen. */
async function submitClaim({ page, words }: Candidate, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  await slowly(page.getByText(words('claims.meaning.in_review'))).toBeVisible()
  await expect(page.getByText(words('claims.detail.evidenceFrozen'))).toBeVisible()
  await expect(page.getByText(words('claims.evidence.waiting'))).toHaveCount(0)
}

/** Reads what the reviewer asks for, says more, and hands the claim in again. */
export async function answerReviewer(candidate: Candidate, comment: string, statement: string): Promise<void> {
  const { page, words } = candidate
  await page.goto('/home')
  await page
    .getByRole('main')
    .getByRole('link', { name: words('home.next.changes.action') })
    .click()
  await expect(page.getByText(words('claims.meaning.changes_requested'))).toBeVisible()
  await expect(page.getByText(comment).first()).toBeVisible()
  await page.getByRole('link', { name: words('claims.detail.edit') }).click()
  await page.getByLabel(words('claims.form.statement')).fill(statement)
  await page.getByRole('button', { name: words('claims.form.save') }).click()
  await expect(page.getByText(statement)).toBeVisible()
  await submitClaim(candidate, words('claims.detail.resubmit'))
}

/** The credit stands in the student's own record, and the word about it came. */
export async function lookAtCredit({ page, words }: Candidate, hundredths: number): Promise<void> {
  await page.goto('/credits')
  const total = page.getByRole('main').getByText(new RegExp(`^\\+?${formatHundredths(hundredths).replace('.', '\\.')}`))
  await expect(total.first()).toBeVisible()
  await page.goto('/notifications')
  await expect(page.getByRole('main')).toContainText(formatHundredths(hundredths))
  await expect(page.getByRole('heading', { level: 1, name: words('notifications.title') })).toBeVisible()
}
