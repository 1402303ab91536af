import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { collectFromPlatforms } from '@/lib/claims/collect-evidence'
import { buildEvidenceDocument } from '@/lib/claims/evidence-document'
import { getClaim } from '@/lib/claims/get-claim'
import { warnClaims } from '@/lib/claims/warn-claims'
import { findContributionFacts } from '@/lib/db/contribution-facts'
import { withScope } from '@/lib/db/scope'
import type { SystemActor } from '@/lib/domain/actor'
import { MERGED } from '@/lib/domain/landing-rule'
import { addContribution } from '@/lib/sync/add-contribution'
import { rereadContributions } from '@/lib/sync/reread-contributions'
import { revertCommit, revertPullRequest } from '@/sandbox/world/changes'
import { DIRECT_COMMITS_IN, directCommitSha } from '@/sandbox/world/small/direct-commits'
import { makeClaim } from '@/tests/factories'
import { connectApp } from './connect'
import { openSyncWorld, SYNC, type SyncAccount, type SyncWorld } from './sync-world'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const [CHEN_SIYUAN, LIN_YUE] = [71204502, 71204501]
const NOW = new Date('2026-11-24T08:00:00Z')
const WARNS: SystemActor = { kind: 'system', name: 'SYSTEM_EVIDENCE', universityId: null }

let world: SyncWorld
let chen: SyncAccount

beforeAll(async () => {
  world = await openSyncWorld()
  await connectApp(world)
  chen = await world.link('github', CHEN_SIYUAN)
})
afterAll(() => world.close())

const outside = () => world.outside.sandbox.context.world
const add = (path: string, { member } = chen) =>
  addContribution(member.actor, { address: `${world.outside.settings.github.webUrl}/${path}` }, { now: NOW })
const rowOf = (id: string) => world.db.contribution.findUniqueOrThrow({ where: { id } })

function commitNamed(name: string) {
  const commit = outside().findCommit('github', DIRECT_COMMITS_IN.id, directCommitSha(name))
  if (!commit) throw new Error(`no commit ${name}`)
  return commit
}

async function claimOver(contributionId: string): Promise<string> {
  const { workId, number } = await rowOf(contributionId)
  const contributions = [{ contributionId, workId, number, url: '' }]
  const { university } = world
  const { claimId } = await makeClaim(world, { university, student: chen.member, contributions, state: 'in_review' })
  return claimId
}

async function codesOf(claimId: string): Promise<string[]> {
  const claim = await getClaim(chen.member.actor, { claimId })
  return claim.items[0]?.warnings.map(({ code }) => code) ?? []
}

/** One night's page, so many nights from now. */
function reread(nights: number) {
  const { universityId } = world.university
  const input = { universityId, platform: 'github', of: { kind: 'claims' }, afterId: null } as const
  const now = new Date(Date.now() + nights * 86_400_000)
  return rereadContributions(SYNC, input, { now, platforms: world.outside.platforms })
}

const jobsFor = async (contributionId: string) =>
  (await world.jobs('warn-claims')).filter(({ payload }) => JSON.stringify(payload).includes(contributionId))

test('a commit that is taken back later falls the next night, and its claims are warned', async () => {
  const { contributionId } = await add(`huggingface/trl/commit/${directCommitSha('without-id')}`)
  const claimId = await claimOver(contributionId)
  expect(await reread(1)).toMatchObject({ read: 1, written: 0 })
  expect(await rowOf(contributionId)).toMatchObject({ landingState: 'landed' })
  const revert = revertCommit(outside(), commitNamed('without-id'), new Date('2026-11-20T00:00:00Z'))
  expect(await reread(2)).toMatchObject({ read: 1, written: 1, status: 'done' })
  expect(await rowOf(contributionId)).toMatchObject({ landingState: 'reverted' })
  expect(await jobsFor(contributionId)).toHaveLength(1)
  expect(await warnClaims(WARNS, { contributionId, code: 'reverted' })).toBe(1)
  expect(await codesOf(claimId)).toContain('reverted')
  revertCommit(outside(), revert, new Date('2026-11-21T00:00:00Z'))
  await reread(3)
  expect(await rowOf(contributionId)).toMatchObject({ landingState: 'landed' })
  await warnClaims(WARNS, { contributionId, code: 'reverted' })
  expect(await codesOf(claimId)).not.toContain('reverted')
})

test('a commit that was taken back before anybody added it is added as taken back', async () => {
  const lin = await world.link('github', LIN_YUE)
  revertCommit(outside(), commitNamed('joint'), new Date('2026-11-20T00:00:00Z'))
  const { contributionId } = await add(`huggingface/trl/commit/${directCommitSha('joint')}`, lin)
  expect(await rowOf(contributionId)).toMatchObject({ landingState: 'reverted' })
})

test('a review falls with what was reviewed, at night and as its evidence is frozen', async () => {
  const pull = world.outside.trapped('squash_co_author')
  const review = outside()
    .getDetails(pull)
    .reviews.find(({ authorId }) => authorId === CHEN_SIYUAN)
  const { contributionId } = await add(`huggingface/trl/pull/${pull.number}#pullrequestreview-${review?.id}`)
  const claimId = await claimOver(contributionId)
  const [stored] = await withScope({}, (tx) => findContributionFacts(tx, [contributionId]))
  if (!stored) throw new Error('nothing stored')
  const collected = await collectFromPlatforms(world.university.universityId)(stored)
  const options = { capturedAt: NOW, landingRules: MERGED }
  expect(buildEvidenceDocument(stored, collected, options).merge.landing.state).toBe('landed')
  const { reviewed } = collected
  if (!reviewed) throw new Error('not told what it is of')
  const taken = { ...reviewed, revertedBy: [{ number: 7, commitSha: null, mergedAt: NOW }] }
  const { landing } = buildEvidenceDocument(stored, { ...collected, reviewed: taken }, options).merge
  expect(landing).toMatchObject({ state: 'reverted', commitSha: null })
  expect(landing.proof.map(({ fact }) => fact)).toEqual(expect.arrayContaining(['review', 'reverted_by']))

  revertPullRequest(outside(), pull, new Date('2026-11-20T00:00:00Z'))
  expect(await reread(4)).toMatchObject({ written: 1 })
  const row = await rowOf(contributionId)
  expect(row).toMatchObject({ landingState: 'reverted', landedCommitSha: null })
  expect(JSON.stringify(row.landingProof)).toMatch(/"review".*reverted_by/)
  expect(await warnClaims(WARNS, { contributionId, code: 'reverted' })).toBe(1)
  expect(await codesOf(claimId)).toContain('reverted')
})
