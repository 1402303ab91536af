import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { queueRewarning } from '@/lib/accounts/queue-rewarning'
import { unlinkAccount } from '@/lib/accounts/unlink-account'
import { overrideEntry } from '@/lib/catalog/override-entry'
import { removeOverride } from '@/lib/catalog/remove-override'
import { overrideInput } from '@/lib/catalog/schema'
import { getClaim } from '@/lib/claims/get-claim'
import { rewarnClaims } from '@/lib/claims/rewarn-claims'
import { warnClaims } from '@/lib/claims/warn-claims'
import { withScope } from '@/lib/db/scope'
import { listUniversitiesHolding } from '@/lib/db/universities-holding'
import type { SystemActor } from '@/lib/domain/actor'
import { jobs } from '@/lib/queue/jobs'
import {
  makeClaim,
  makeContribution,
  makeLinkedAccount,
  makeMember,
  makeRepository,
  makeUniversity,
  NOW,
  openTestWorld,
  type TestMember,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const SYSTEM: SystemActor = { kind: 'system', name: 'SYSTEM_EVIDENCE', universityId: null }
const NONE = { claims: 0, warned: 0, isLastPage: true }

let world: TestWorld
let queue: pg.Client
let university: TestUniversity
let elsewhere: TestUniversity
let admin: TestMember

beforeAll(async () => {
  world = await openTestWorld()
  queue = new pg.Client({ connectionString: world.database.superuserUrl })
  await queue.connect()
  university = await makeUniversity(world)
  elsewhere = await makeUniversity(world)
  admin = await makeMember(world, university, { roles: ['admin'] })
})
afterAll(async () => {
  await queue.end()
  await world.close()
})

type Payload = Parameters<typeof rewarnClaims>[1]

/** The jobs that wait, taken out of the queue. */
async function takeJobs(): Promise<Payload[]> {
  const { rows } = await queue.query(`
    with gone as (delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
                   where t.id = j.task_id and t.identifier = 'rewarn-claims' returning j.payload, j.id)
    select payload from gone order by id`)
  return rows.map(({ payload }) => jobs['rewarn-claims'].parse(payload))
}

async function run(): Promise<number> {
  let warned = 0
  for (let waiting = await takeJobs(); waiting.length > 0; waiting = await takeJobs()) {
    for (const payload of waiting) warned += (await rewarnClaims(SYSTEM, payload, { now: NOW })).warned
  }
  return warned
}

/** A claim over one contribution to a repository of its own. */
async function stage(state: 'in_review' | 'approved' | 'draft', at = university) {
  const student = await makeMember(world, at)
  const author = await makeLinkedAccount(world, student.personId)
  const repository = await makeRepository(world)
  const contribution = await makeContribution(world, { repository, author })
  const { claimId } = await makeClaim(world, { university: at, student, contributions: [contribution], state })
  const codes = async () =>
    (await getClaim(student.actor, { claimId })).items[0]?.warnings.map(({ code }) => code) ?? []
  const told = async (code: string) =>
    world.db.notification.count({ where: { code, data: { path: ['claimId'], equals: claimId } } })
  return { student, author, repository, contribution, claimId, codes, told }
}

const exclude = ({ repository }: Awaited<ReturnType<typeof stage>>) =>
  overrideEntry(
    admin.actor,
    overrideInput.parse({
      platform: repository.platform,
      owner: repository.owner,
      name: repository.name,
      status: 'excluded',
      kind: 'tool',
      tier: 'standard',
      reason: '课程作业仓库',
      acceptedBranches: '',
      expectedVersion: '',
    }),
    { now: NOW },
  )

test('a revert warns open claims, tells the student, and the admins of approved ones; no figure moves', async () => {
  const [open, approved] = [await stage('in_review'), await stage('approved')]
  for (const { contribution, student, claimId, codes, told } of [open, approved]) {
    const { contributionId } = contribution
    const look = () => warnClaims(SYSTEM, { contributionId, code: 'reverted' }, { now: NOW })
    await world.db.contribution.update({ where: { id: contributionId }, data: { landingState: 'reverted' } })
    expect([await look(), await look()]).toEqual([1, 0])
    expect(await codes()).toContain('reverted')
    expect(await told('claim_warned')).toBe(1)
    const claim = await getClaim(student.actor, { claimId })
    expect(claim).toMatchObject({ version: 1, creditHundredths: 25 })
    expect(claim.warningCount).toBeGreaterThan(0)
    // Brought back: the warning goes, and who was told is not told again.
    await world.db.contribution.update({ where: { id: contributionId }, data: { landingState: 'landed' } })
    expect(await look()).toBe(0)
    expect(await codes()).not.toContain('reverted')
    expect(await told('claim_warned')).toBe(1)
  }
  expect(await open.told('approved_contribution_reverted')).toBe(0)
  const notes = await world.db.notification.findMany({ where: { code: 'approved_contribution_reverted' } })
  expect(notes.map(({ memberId }) => memberId)).toEqual([admin.memberId])
})

test('a change is looked at where claims hold it, and within a scope nobody learns where that is', async () => {
  const abroad = await stage('in_review', elsewhere)
  const { contributionId } = abroad.contribution
  const holding = (scope: Parameters<typeof withScope>[0]) =>
    withScope(scope, (tx) => listUniversitiesHolding(tx, contributionId))
  expect(await holding({})).toEqual([elsewhere.universityId])
  for (const { universityId } of [university, elsewhere]) expect(await holding({ universityId })).toEqual([])
  expect(await holding({ personId: abroad.student.personId })).toEqual([])
})

test('a repository that a university excludes warns the open claim and its student, once, and putting it right lifts it', async () => {
  const open = await stage('in_review')
  const other = await stage('in_review')
  const abroad = await stage('in_review', elsewhere)
  await exclude(open)
  expect(await run()).toBe(1)
  expect(await open.codes()).toContain('catalog_changed')
  expect(await other.codes()).not.toContain('catalog_changed')
  expect(await abroad.codes()).not.toContain('catalog_changed')
  expect(await open.told('claim_warned')).toBe(1)
  expect(await open.told('approved_contribution_warned')).toBe(0)
  const claim = await getClaim(open.student.actor, open)
  expect(claim).toMatchObject({ state: 'in_review', version: 1, creditHundredths: 25 })
  const { platform, owner, name } = open.repository
  await removeOverride(admin.actor, { platform, owner, name, expectedVersion: 1 }, { now: NOW })
  expect(await run()).toBe(0)
  expect(await open.codes()).not.toContain('catalog_changed')
  expect((await getClaim(open.student.actor, open)).warningCount).toBe(claim.warningCount - 1)
  expect(await open.told('claim_warned')).toBe(1)
  expect(await world.db.auditEvent.count({ where: { action: 'claim.warned', subjectId: open.claimId } })).toBe(1)
})

test('under an approved claim the admins of the university are told, what it is about and once', async () => {
  const approved = await stage('approved')
  const draft = await stage('draft')
  await exclude(approved)
  await exclude(draft)
  const waiting = await takeJobs()
  expect(waiting).toHaveLength(2)
  for (const payload of [...waiting, ...waiting]) await rewarnClaims(SYSTEM, payload, { now: NOW })
  expect(await approved.codes()).toContain('catalog_changed')
  const notes = await world.db.notification.findMany({ where: { code: 'approved_contribution_warned' } })
  expect(notes.map(({ memberId, data }) => ({ memberId, data }))).toEqual([
    {
      memberId: admin.memberId,
      data: expect.objectContaining({ claimId: approved.claimId, code: 'catalog_changed' }),
    },
  ])
  expect(await draft.codes()).not.toContain('catalog_changed')
})

test('the shared base speaks to every university, by former names too, and not to others of like names', async () => {
  const [here, there] = [await stage('in_review'), await stage('in_review', elsewhere)]
  const [moved, alike] = [await stage('in_review'), await stage('in_review')]
  const rename = (of: typeof here, fullName: string) =>
    world.db.repository.update({
      where: { id: of.repository.repositoryId },
      data: {
        owner: fullName.split('/')[0] ?? '',
        name: fullName.split('/')[1] ?? '',
        fullNameKey: fullName,
        names: { create: { platform: 'github', fullNameKey: fullName, seenAt: NOW } },
      },
    })
  await rename(here, 'big_lab/one')
  await rename(there, 'big_lab/two')
  await rename(moved, 'big_lab/three')
  await rename(moved, 'small-lab/three')
  await rename(alike, 'bigxlab/one')
  await world.db.catalogEntry.updateMany({
    where: { platformId: { not: null } },
    data: { status: 'excluded' },
  })
  const line = { platform: 'github' as const, ownerKey: 'big_lab', nameKey: '', platformId: null, aliasKeys: [] }
  const change = { kind: 'catalog' as const, line }
  expect(await rewarnClaims(SYSTEM, { universityId: null, change, afterClaimId: null }, { now: NOW })).toEqual(NONE)
  expect(await run()).toBe(3)
  for (const touched of [here, there, moved]) expect(await touched.codes()).toContain('catalog_changed')
  expect(await alike.codes()).not.toContain('catalog_changed')
  await world.db.catalogEntry.updateMany({ where: { platformId: { not: null } }, data: { status: 'included' } })
})

test('an account that is unlinked warns its claims at every university of the person, and linking it again lifts it', async () => {
  const open = await stage('in_review')
  const approved = await stage('approved')
  const untouched = await makeContribution(world, {
    repository: open.repository,
    author: await makeLinkedAccount(world, open.student.personId),
  })
  const other = await makeClaim(world, {
    university,
    student: open.student,
    contributions: [untouched],
    state: 'in_review',
  })
  await unlinkAccount(open.student.actor, { accountId: open.author.accountId }, { now: NOW })
  await unlinkAccount(approved.student.actor, { accountId: approved.author.accountId }, { now: NOW })
  expect(await run()).toBe(2)
  expect(await open.codes()).toContain('account_unlinked')
  expect(await approved.codes()).toContain('account_unlinked')
  expect(await approved.told('approved_contribution_warned')).toBe(1)
  expect(await open.told('claim_warned')).toBe(1)
  await world.db.linkedAccount.updateMany({ data: { unlinkedAt: null } })
  await withScope(open.student.actor, (tx) => queueRewarning(tx, { ...open.author, personId: open.student.personId }))
  expect(await run()).toBe(0)
  expect(await open.codes()).not.toContain('account_unlinked')
  expect(await approved.codes()).toContain('account_unlinked')
  const seen = await getClaim(open.student.actor, other)
  expect(seen.items[0]?.warnings.map(({ code }) => code)).not.toContain('account_unlinked')
})

test('what rolls back queues nothing, and pages follow each other to the end', async () => {
  const open = await stage('in_review')
  await exclude(open)
  await takeJobs()
  await expect(exclude(open)).rejects.toMatchObject({ code: 'catalog_changed' })
  expect(await takeJobs()).toEqual([])
  const student = await makeMember(world, university)
  const author = await makeLinkedAccount(world, student.personId)
  const claims = 103
  for (let index = 0; index < claims; index += 1) {
    const contribution = await makeContribution(world, { repository: open.repository, author })
    await makeClaim(world, { university, student, contributions: [contribution], state: 'submitted' })
  }
  const { platform, owner, name } = open.repository
  const line = { platform, ownerKey: owner, nameKey: name, platformId: null, aliasKeys: [] }
  const payload: Payload = {
    universityId: university.universityId,
    change: { kind: 'catalog', line },
    afterClaimId: null,
  }
  expect(await rewarnClaims(SYSTEM, payload, { now: NOW })).toMatchObject({ claims: 100, isLastPage: false })
  const [next, ...others] = await takeJobs()
  expect(others).toEqual([])
  if (!next) throw new Error('no next page')
  expect(await rewarnClaims(SYSTEM, next, { now: NOW })).toMatchObject({
    claims: 4,
    warned: expect.any(Number),
    isLastPage: true,
  })
  expect(await takeJobs()).toEqual([])
  expect(
    await world.db.claimItem.count({ where: { claim: { memberId: student.memberId }, warnings: { equals: [] } } }),
  ).toBe(0)
})
