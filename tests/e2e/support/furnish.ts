import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { z } from 'zod'
import { nominateRepository } from '@/lib/catalog/nominate-repository'
import { previewCatalogFile } from '@/lib/catalog/preview-catalog-file'
import { refuseNomination } from '@/lib/catalog/refuse-nomination'
import { createClaim } from '@/lib/claims/create-claim'
import { getClaim } from '@/lib/claims/get-claim'
import { submitClaim } from '@/lib/claims/submit-claim'
import type { ClaimView } from '@/lib/claims/view'
import { listContributions } from '@/lib/contributions/list-contributions'
import { listContributionsQuery } from '@/lib/contributions/schema'
import { closeDatabase } from '@/lib/db/client'
import { DEFAULT_POLICY } from '@/lib/domain/default-policy'
import type { DecisionAction } from '@/lib/domain/review-reasons'
import { previewRoster } from '@/lib/people/preview-roster'
import { draftPolicy } from '@/lib/policies/draft-policy'
import { createFiling } from '@/lib/reports/create-filing'
import { decideClaim } from '@/lib/reviews/decide-claim'
import { furnishSync } from '@/tests/e2e/support/furnish-sync'
import { linkAndWait } from '@/tests/e2e/support/link'
import { PEOPLE, signIn } from '@/tests/e2e/support/people'
import { askDatabase } from '@/tests/e2e/support/stack-database'
import { readStack } from '@/tests/setup/e2e-places'
import type { SignedIn } from '@/tests/setup/sign-in'

const row = z.object({
  /** In review at a college: of `student`, for `professor`. */
  reviewClaimId: z.string(),
  reviewEvidenceId: z.string(),
  draftClaimId: z.string(),
  /** Endorsed by `professor`; of another student of the college. */
  endorsedClaimId: z.string(),
  approvedClaimId: z.string(),
  entryId: z.string(),
  filingId: z.string(),
  termId: z.string(),
  publishedPolicyId: z.string(),
  draftPolicyId: z.string(),
  importId: z.string(),
  /** A preview of the second admin. */
  secondImportId: z.string(),
  accountId: z.string(),
  neighbourAccountId: z.string(),
  universityId: z.string(),
  studentMemberId: z.string(),
  contributionId: z.string(),
  notificationId: z.string(),
  /** Open, and read from its platform. */
  nominationId: z.string(),
  /** Open, of a repository that no platform shows. */
  unreadNominationId: z.string(),
  decidedNominationId: z.string(),
  /** A preview with a bad row, of the admin; and one of the second admin. */
  catalogImportId: z.string(),
  secondCatalogImportId: z.string(),
})
/** Something of every kind, so that each page has a thing to show and each door one to guard. */
export type Furniture = z.infer<typeof row>

const file = () => join(process.env.E2E_DATA_DIR ?? '', 'furniture.json')

/** What furnish.setup.ts put there. */
export function readFurniture(): Furniture {
  return row.parse(JSON.parse(readFileSync(file(), 'utf8')))
}

/** Once per stack: claims at every step, a ledger line, a filing, drafts. By the use cases, on what the sandbox has. */
export async function furnish(): Promise<void> {
  if (existsSync(file())) return
  Object.assign(process.env, readStack().env)
  try {
    writeFileSync(file(), JSON.stringify(await fill()))
  } finally {
    await closeDatabase()
  }
}

async function fill(): Promise<Furniture> {
  const [student, neighbour, credited, professor, otherProfessor, admin, secondAdmin] = await Promise.all([
    signIn('student'),
    signIn('neighbour'),
    signIn('credited'),
    signIn('professor'),
    signIn('otherProfessor'),
    signIn('admin'),
    signIn('secondAdmin'),
  ])
  const [accountId, neighbourAccountId, creditedAccountId] = await Promise.all([
    linkAndWait(student, PEOPLE.student.github),
    linkAndWait(neighbour, PEOPLE.neighbour.github),
    linkAndWait(credited, PEOPLE.credited.github),
  ])
  const now = () => ({ now: new Date() })
  const terms = await termsByCode()
  const autumn = terms.get('2026-autumn') ?? ''
  const past = terms.get('2025-autumn') ?? ''

  const inReview = await claimInReview(student, autumn, 2)
  const endorsed = await decide(professor, neighbour, await claimInReview(neighbour, autumn, 1), 'endorse')
  const forCredit = await decide(otherProfessor, credited, await claimInReview(credited, past, 2), 'endorse')
  const approved = await decide(admin, credited, forCredit, 'approve')
  const [contributionId = ''] = await countableIds(student, autumn)
  const draft = await createClaim(student.actor, { ...content([contributionId]), termId: autumn }, now())

  const filing = await createFiling(admin.actor, {
    termId: past,
    term: 'keep_open',
    expectedEntries: 1,
    expectedHundredths: approved.creditHundredths ?? 0,
  })
  const preview = await previewRoster(admin.actor, rosterFile(), now())
  const secondPreview = await previewRoster(secondAdmin.actor, rosterFile(), now())
  const policy = { ...DEFAULT_POLICY, title: { zh: '下一版规则', en: 'The next rules' } }
  const draftedPolicy = await draftPolicy(admin.actor, JSON.stringify(policy), now())
  const nominations = await nominate(neighbour, admin)
  await furnishSync(admin, { ...credited, accountId: creditedAccountId })
  const catalogPreview = await previewCatalogFile(admin.actor, catalogFile(), now())
  const secondCatalogPreview = await previewCatalogFile(secondAdmin.actor, catalogFile(), now())
  const [entry] = await askDatabase('select id from credit_entry where claim_id = $1', [approved.claimId])
  const [published] = await askDatabase(
    `select id from policy_version where university_id = $1 and status = 'published'`,
    [admin.actor.universityId],
  )
  const [notification] = await askDatabase('select id from notification where member_id = $1 order by id limit 1', [
    neighbour.actor.memberId,
  ])
  return row.parse({
    reviewClaimId: inReview.claimId,
    reviewEvidenceId: inReview.items[0]?.evidence?.evidenceId,
    draftClaimId: draft.claimId,
    endorsedClaimId: endorsed.claimId,
    approvedClaimId: approved.claimId,
    entryId: entry?.id,
    filingId: filing.filingId,
    termId: autumn,
    publishedPolicyId: published?.id,
    draftPolicyId: draftedPolicy.id,
    importId: preview.importId,
    secondImportId: secondPreview.importId,
    accountId,
    neighbourAccountId,
    universityId: admin.actor.universityId,
    studentMemberId: student.actor.memberId,
    contributionId,
    notificationId: notification?.id,
    ...nominations,
    catalogImportId: catalogPreview.importId,
    secondCatalogImportId: secondCatalogPreview.importId,
  })
}

/** A word that is new, and a row that is wrong. */
function catalogFile() {
  const rows = [
    '平台,所有者,仓库,状态,类别,级别,理由',
    'github,octo-lab,lecture-notes,不认定,工具,新兴,课程讲义不属于开源软件',
    'github,octo-lab,something,也许,工具,新兴,还没有想好',
  ]
  return { fileName: '本校目录.csv', bytes: new TextEncoder().encode(`${rows.join('\n')}\n`) }
}

/** One that the worker has read, one of what is not there, and one that is decided. */
async function nominate(student: SignedIn, { actor: admin }: SignedIn) {
  const put = async (address: string, why: string) =>
    (await nominateRepository(student.actor, { address, why }, { now: new Date() })).nominationId
  const nominationId = await put('apache/spark', '课程项目里用它做数据预处理，希望可以认定。')
  const unreadNominationId = await put('nobody-at-all/nothing-there', '同学推荐的推理引擎，想知道能否认定。')
  const decidedNominationId = await put('nobody-at-all/refused-before', '一个聊天机器人的小项目，想申请认定。')
  await refuseNomination(
    admin,
    { nominationId: decidedNominationId, reason: '平台上没有这个仓库' },
    { now: new Date() },
  )
  for (const [id, state] of [
    [nominationId, 'complete'],
    [unreadNominationId, 'not_found'],
  ]) {
    const read = async () => (await askDatabase('select evidence_state from catalog_nomination where id = $1', [id]))[0]
    await expect.poll(read, { timeout: 60_000 }).toEqual({ evidence_state: state })
  }
  return { nominationId, unreadNominationId, decidedNominationId }
}

/** Somebody who is there, somebody new, and a row that is wrong. */
function rosterFile() {
  const rows = [
    '学号,姓名,学院,专业,班级',
    '0230417015,赵明轩,计算机学院,软件工程,计科2302',
    '0990417001,沐春风,计算机学院,,',
    '0990417002,,计算机学院,,',
  ]
  return { fileName: '名册.csv', bytes: new TextEncoder().encode(`${rows.join('\n')}\n`) }
}

async function termsByCode(): Promise<Map<unknown, string>> {
  const rows = await askDatabase(
    'select t.code, t.id from term t join university u on u.id = t.university_id where u.slug = $1',
    ['yunlu'],
  )
  return new Map(rows.map(({ code, id }) => [code, String(id)]))
}

const content = (contributionIds: string[]) => ({
  contributionIds,
  aiUse: {},
  aiUseNote: {},
  statement: '我修复了一个边界情况下的错误，并补充了测试。',
})

/** What counts and is in no claim yet, newest first. */
async function countableIds({ actor }: SignedIn, termId: string): Promise<string[]> {
  const query = listContributionsQuery.parse({ filter: 'counts', termId, platform: null, cursor: null })
  const { items } = await listContributions(actor, query)
  return items.filter(({ claimId }) => claimId === null).map(({ contributionId }) => contributionId)
}

/** A claim over so many contributions, submitted, its evidence frozen by the stack's worker. */
async function claimInReview(student: SignedIn, termId: string, count: number): Promise<ClaimView> {
  const ids = (await countableIds(student, termId)).slice(-count)
  expect(ids).toHaveLength(count)
  const { claimId } = await createClaim(student.actor, { ...content(ids), termId })
  const { version } = await getClaim(student.actor, { claimId })
  await submitClaim(student.actor, { claimId, version })
  await expect
    .poll(async () => (await getClaim(student.actor, { claimId })).state, { timeout: 60_000 })
    .toBe('in_review')
  return getClaim(student.actor, { claimId })
}

async function decide(who: SignedIn, owner: SignedIn, { claimId }: ClaimView, action: DecisionAction) {
  const { version, warningCount } = await getClaim(owner.actor, { claimId })
  await decideClaim(who.actor, { claimId, version, warningCount, action })
  return getClaim(owner.actor, { claimId })
}
