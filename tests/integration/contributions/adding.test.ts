import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Collect, collectFromPlatforms } from '@/lib/claims/collect-evidence'
import { createClaim } from '@/lib/claims/create-claim'
import { freezeClaimEvidence } from '@/lib/claims/freeze-evidence'
import { getClaim } from '@/lib/claims/get-claim'
import { submitClaim } from '@/lib/claims/submit-claim'
import { explainMissing } from '@/lib/contributions/explain-missing'
import { listContributions } from '@/lib/contributions/list-contributions'
import { listContributionsQuery } from '@/lib/contributions/schema'
import { takeShareStep } from '@/lib/contributions/take-share-step'
import { findContributionFacts } from '@/lib/db/contribution-facts'
import { withScope } from '@/lib/db/scope'
import { DEFAULT_POLICY } from '@/lib/domain/default-policy'
import { AppError } from '@/lib/domain/errors'
import { decideClaim } from '@/lib/reviews/decide-claim'
import { endorseMany } from '@/lib/reviews/endorse-many'
import { addContribution } from '@/lib/sync/add-contribution'
import { directCommitSha } from '@/sandbox/world/small/direct-commits'
import { makeMember, makeUniversity, type TestMember } from '@/tests/factories'
import { connectApp } from '../sync/connect'
import { openSyncWorld, type SyncAccount, type SyncWorld } from '../sync/sync-world'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const [LIN_YUE, CHEN_SIYUAN, WANG_RUOXI, LIN_YUE_HUB] = [71204501, 71204502, 71204511, 7150001]
const NOW = new Date('2026-11-24T08:00:00Z')
/** Points for what the rules of the start do not name. */
const GENEROUS = {
  ...DEFAULT_POLICY,
  points: { ...DEFAULT_POLICY.points, base: { pull_request: 2000, review: 4000, model: 6000 } },
}

let world: SyncWorld
let lin: SyncAccount
let chen: SyncAccount
let wang: SyncAccount

beforeAll(async () => {
  world = await openSyncWorld()
  await connectApp(world)
  lin = await world.link('github', LIN_YUE)
  chen = await world.link('github', CHEN_SIYUAN)
  wang = await world.link('github', WANG_RUOXI)
  await world.link('huggingface', LIN_YUE_HUB, lin.member)
})
afterAll(() => world.close())
beforeEach(async () => {
  world.outside.sandbox.faults.clear()
  await world.db.attemptCounter.deleteMany()
})

const at = (path: string) => `${world.outside.settings.github.webUrl}/${path}`
const atHub = (path: string) => `${world.outside.settings.huggingface.webUrl}/${path}`
const add = ({ actor }: TestMember, address: string) => addContribution(actor, { address }, { now: NOW })
const ask = ({ actor }: TestMember, address: string) => explainMissing(actor, { address }, { now: NOW })
const EXPLAINED = ['base_points', 'size_points', 'share', 'rounding', 'below_minimum']
const COMMIT = `huggingface/trl/commit/${directCommitSha('joint')}`
const squashed = () => world.outside.trapped('squash_co_author')

/** Why it was refused: the code, and the reason of one that was not added. */
async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.catch((caught: unknown) => caught)
  if (!(error instanceof AppError)) throw new Error(`no refusal but ${JSON.stringify(error)}`)
  return error.code === 'not_added' ? `not_added ${error.details.reason}` : error.code
}

async function idsOf({ actor }: TestMember): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page: Awaited<ReturnType<typeof listContributions>> = await listContributions(
      actor,
      listContributionsQuery.parse({ filter: 'all', termId: null, platform: null, cursor }),
    )
    ids.push(...page.items.map(({ contributionId }) => contributionId))
    cursor = page.nextCursor
  }
  return ids
}

const eventsOf = (contributionId: string) =>
  world.db.auditEvent.findMany({ where: { action: 'contribution.added', subjectId: contributionId } })

async function submit(
  member: TestMember,
  contributionIds: string[],
  { termId = world.university.termId, collect }: { termId?: string; collect?: Collect } = {},
) {
  const content = { contributionIds, aiUse: {}, aiUseNote: {}, statement: '', termId }
  const { claimId } = await createClaim(member.actor, content, { now: NOW })
  const { version } = await submitClaim(member.actor, { claimId, version: 2 }, { now: NOW })
  const system = { kind: 'system', name: 'SYSTEM_EVIDENCE', universityId: member.universityId } as const
  const deps = collect ? { now: NOW, collect } : { now: NOW }
  const frozen = await freezeClaimEvidence(system, { universityId: member.universityId, claimId }, deps)
  return { claimId, version, frozen: frozen.status }
}

/** What several wrote is claimed once all have agreed: 60 % of it is the one's who proposes. */
async function agree(contributionId: string, proposer: SyncAccount, other: SyncAccount): Promise<void> {
  const { coAuthors, authorPlatformUserId } = await world.db.contribution.findUniqueOrThrow({
    where: { id: contributionId },
    include: { coAuthors: true },
  })
  const ids = [authorPlatformUserId ?? '', ...coAuthors.map(({ platformUserId }) => platformUserId)]
  const rest = ids.filter((id) => id !== proposer.platformUserId)
  const least = Math.floor(100 / ids.length)
  const percents = Object.fromEntries(rest.map((id) => [id, least]))
  percents[proposer.platformUserId] = 100 - least * rest.length
  const step = { kind: 'propose', version: 0, percents } as const
  await takeShareStep(proposer.member.actor, { contributionId, step }, { now: NOW })
  await takeShareStep(other.member.actor, { contributionId, step: { kind: 'confirm', version: 1 } }, { now: NOW })
}

async function evidenceOf(claimId: string) {
  const [row] = await world.db.evidence.findMany({ where: { claimId } })
  return row?.content
}

describe('a commit of two', () => {
  test('is added by the one whom it names by id, once, and is there for both', async () => {
    const before = await ask(wang.member, at(COMMIT))
    expect(before).toMatchObject({ canAdd: true, counts: false, contribution: null, source: 'platform' })
    expect(before.reasons.map(({ code }) => code)).toEqual(['not_added_yet'])
    const [first, second] = await Promise.all([add(wang.member, at(COMMIT)), add(wang.member, at(COMMIT))])
    expect([first.added, second.added].sort()).toEqual([false, true])
    expect(second.contributionId).toBe(first.contributionId)
    expect(await add(lin.member, at(COMMIT.slice(0, -20)))).toEqual({ ...first, added: false })
    for (const { member } of [lin, wang]) expect(await idsOf(member)).toContain(first.contributionId)
    expect(await idsOf(chen.member)).not.toContain(first.contributionId)
    const [event, ...others] = await eventsOf(first.contributionId)
    expect(others).toEqual([])
    expect(event).toMatchObject({
      actorMemberId: wang.member.memberId,
      data: { kind: 'commit', fullName: 'huggingface/trl' },
    })
    // Whoever claimed it before it was known to be of two has it whole: their reviewers are warned.
    const key = `warn-claims:${first.contributionId}:claimed_whole`
    expect(await world.db.$queryRaw`select key from graphile_worker.jobs where key = ${key}`).toEqual([{ key }])
    const after = await ask(wang.member, at(COMMIT))
    expect(after).toMatchObject({ canAdd: false, counts: false, source: 'stored' })
    expect(after.reasons.map(({ code }) => code)).toEqual(['shares_not_agreed'])
    expect(after.contribution).toMatchObject({ kind: 'commit', ref: directCommitSha('joint'), number: 0 })
  })

  test('is not guessed from a short sha with which several begin', async () => {
    const { contributionId } = await add(wang.member, at(COMMIT))
    const {
      id: _id,
      landingProof,
      ...row
    } = await world.db.contribution.findUniqueOrThrow({
      where: { id: contributionId },
    })
    const ref = `${row.ref.slice(0, 10)}${'0'.repeat(30)}`
    const other = await world.db.contribution.create({ data: { ...row, landingProof: landingProof ?? [], ref } })
    const short = at(`huggingface/trl/commit/${row.ref.slice(0, 9)}`)
    expect(await refusal(add(wang.member, short))).toBe('address_ambiguous_commit')
    expect(await refusal(ask(wang.member, short))).toBe('address_ambiguous_commit')
    const longer = at(`huggingface/trl/commit/${row.ref.slice(0, 20)}`)
    expect(await add(wang.member, longer)).toEqual({ contributionId, added: false })
    await world.db.contribution.delete({ where: { id: other.id } })
  })

  test('is claimed by either with evidence of its own, and found right by the ledger’s check', async () => {
    const { contributionId } = await add(wang.member, at(COMMIT))
    await agree(contributionId, wang, lin)
    const { claimId, frozen } = await submit(wang.member, [contributionId])
    expect(frozen).toBe('complete')
    expect(await evidenceOf(claimId)).toMatchObject({
      contribution: {
        kind: 'commit',
        number: 0,
        ref: directCommitSha('joint'),
        coAuthors: [{ platformUserId: String(WANG_RUOXI) }],
        additions: 64,
      },
      merge: { landing: { state: 'landed', commitSha: directCommitSha('joint') } },
      files: [{ path: 'trl/trainer/group_sampler.py' }],
    })
    // As a pull request of that size: 2 points and 1 for its lines, in a repository of the standard tier; half of it.
    expect((await getClaim(wang.member.actor, { claimId })).calculation?.lines.map(({ code }) => code)).toEqual(
      EXPLAINED,
    )
  })

  test('is nobody else’s, and nothing of it is kept for them', async () => {
    const rows = await world.db.contribution.count()
    expect(await refusal(add(chen.member, at(COMMIT)))).toBe('not_added not_yours')
    const path = at(`huggingface/trl/commit/${directCommitSha('side-branch')}`)
    expect(await refusal(add(lin.member, path))).toBe('not_added commit_not_landed')
    expect((await ask(lin.member, path)).reasons.map(({ code }) => code)).toEqual(['commit_not_landed'])
    const named = at(`huggingface/trl/commit/${directCommitSha('without-id')}`)
    expect(await refusal(add(lin.member, named))).toBe('not_added co_author_without_id')
    expect(await refusal(add(lin.member, at(`huggingface/trl/commit/${'d'.repeat(40)}`)))).toBe(
      'not_added not_on_platform',
    )
    expect(await world.db.contribution.count()).toBe(rows)
  })
})

describe('a pull request that was squashed', () => {
  test('is a co-author’s too, named by itself or by the commit that landed it', async () => {
    const { number, landing } = squashed()
    const path = at(`huggingface/trl/pull/${number}`)
    expect(await ask(wang.member, path)).toMatchObject({ canAdd: true })
    const added = await add(wang.member, path)
    expect(added.added).toBe(true)
    const byCommit = await add(lin.member, at(`huggingface/trl/commit/${landing?.sha}`))
    expect(byCommit).toEqual({ contributionId: added.contributionId, added: false })
    const row = await world.db.contribution.findUniqueOrThrow({ where: { id: added.contributionId } })
    expect(row).toMatchObject({ kind: 'pull_request', number, landingState: 'landed', landedCommitSha: landing?.sha })
    await agree(added.contributionId, lin, wang)
    const { claimId, frozen } = await submit(lin.member, [added.contributionId])
    expect(frozen).toBe('complete')
    const ids = [LIN_YUE, WANG_RUOXI].map((id) => ({ platformUserId: String(id) }))
    expect(await evidenceOf(claimId)).toMatchObject({ contribution: { number, coAuthors: ids } })
  })

  test('gives nothing to whom its evidence does not prove any more, and says so in words', async () => {
    const { contributionId } = await add(wang.member, at(`huggingface/trl/pull/${squashed().number}`))
    const collect: Collect = async (stored) => ({
      ...(await collectFromPlatforms(world.university.universityId)(stored)),
      coAuthors: [],
    })
    const { claimId, frozen } = await submit(wang.member, [contributionId], { collect })
    expect(frozen).toBe('complete')
    const claim = await getClaim(wang.member.actor, { claimId })
    expect(claim.creditHundredths).toBe(0)
    const [item] = claim.items
    expect(item).toMatchObject({ counts: false, hundredths: 0, reasons: [{ code: 'not_yours', blocks: true }] })
    // Nobody unlinked anything.
    expect(item?.warnings.map(({ code }) => code)).not.toContain('account_unlinked')
  })

  test('has its evidence though the commit that landed it is gone: that proves nobody then', async () => {
    const { contributionId } = await add(wang.member, at(`huggingface/trl/pull/${squashed().number}`))
    const [stored] = await withScope({}, (tx) => findContributionFacts(tx, [contributionId]))
    if (!stored) throw new Error('nothing stored')
    const { fact } = stored
    const gone = { ...stored, fact: { ...fact, landing: { ...fact.landing, commitSha: 'd'.repeat(40) } } }
    const collected = await collectFromPlatforms(world.university.universityId)(gone)
    const written = collected.commits.map(({ authorPlatformUserId }) => authorPlatformUserId)
    expect(collected.pullRequest.number).toBe(squashed().number)
    for (const { platformUserId } of collected.coAuthors ?? []) expect(written).toContain(platformUserId)
  })

  test('of somebody else who is nowhere named stays theirs', async () => {
    expect(await refusal(add(chen.member, at(`huggingface/trl/pull/${squashed().number}`)))).toBe('not_added not_yours')
  })
})

describe('a review', () => {
  const path = () => {
    const { number } = squashed()
    const review = world.outside.sandbox.context.world
      .getDetails(squashed())
      .reviews.find(({ authorId }) => authorId === CHEN_SIYUAN)
    return at(`huggingface/trl/pull/${number}#pullrequestreview-${review?.id}`)
  }

  test('is recorded, and worth what the rules say of reviews: nothing where they say nothing', async () => {
    const { contributionId } = await add(chen.member, path())
    const told = await listContributions(chen.member.actor, listContributionsQuery.parse({ filter: 'all' }))
    const line = told.items.find((one) => one.contributionId === contributionId)
    expect(line).toMatchObject({ kind: 'review', counts: false, previewHundredths: null })
    expect(line?.reasons.map(({ code }) => code)).toEqual(['no_points_for_kind'])
    await expect(submit(chen.member, [contributionId])).rejects.toMatchObject({ code: 'items_do_not_count' })
    expect(await add(chen.member, path())).toEqual({ contributionId, added: false })
  })

  test('counts at a university that gives points for it, with the review as its evidence', async () => {
    const generous = await makeUniversity(world, { policy: GENEROUS })
    const member = await makeMember(world, generous, { personId: chen.personId })
    await connectApp(world, generous.universityId)
    const { contributionId } = await add(member, path())
    const { claimId, frozen } = await submit(member, [contributionId], generous)
    expect(frozen).toBe('complete')
    expect(await evidenceOf(claimId)).toMatchObject({
      contribution: { kind: 'review', ref: String(CHEN_SIYUAN), additions: 0 },
      reviews: [{ platformUserId: String(CHEN_SIYUAN), state: 'changes_requested' }],
      files: [],
    })
    expect((await getClaim(member.actor, { claimId })).calculation?.creditHundredths).toBe(20)
  })
})

describe('a model', () => {
  const MODEL = 'linyue-hf/qwen2.5-0.5b-campus-qa'

  test('is worth nothing until a reviewer accepts it, and never together with others', async () => {
    const generous = await makeUniversity(world, { policy: GENEROUS })
    const member = await makeMember(world, generous, { personId: lin.personId })
    const reviewer = await makeMember(world, generous, { roles: ['reviewer'] })
    const { contributionId } = await add(member, atHub(MODEL))
    const told = await ask(member, atHub(MODEL))
    expect(told).toMatchObject({ counts: true, contribution: { kind: 'model', previewHundredths: null } })
    expect(told.reasons).toEqual([{ code: 'needs_acceptance', blocks: false, data: { kind: 'model' } }])
    const { claimId, frozen } = await submit(member, [contributionId], generous)
    expect(frozen).toBe('complete')
    const claim = await world.db.claim.findFirstOrThrow({ where: { id: claimId } })
    expect(claim).toMatchObject({ creditHundredths: 0, state: 'in_review' })
    const { version, warningCount } = claim
    expect(warningCount).toBeGreaterThan(0)
    const together = await endorseMany(reviewer.actor, { claims: [{ claimId, version, warningCount }] })
    expect(together).toMatchObject([{ ok: false, code: 'item_answer_required' }])
    const decision = { claimId, version, warningCount, action: 'endorse' as const }
    // Nothing is said of it: that is no yes.
    await expect(decideClaim(reviewer.actor, { ...decision, items: [] }, { now: NOW })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'item_answer_required',
      details: { ordinal: 1 },
    })
    const { id: claimItemId } = await world.db.claimItem.findFirstOrThrow({ where: { claimId } })
    const items = [{ claimItemId, outcome: 'accepted' as const }]
    const endorsed = await decideClaim(reviewer.actor, { ...decision, items }, { now: NOW })
    // 6 points, in a repository that the catalog has no word on.
    expect(endorsed.creditHundredths).toBe(30)
    expect(await evidenceOf(claimId)).toMatchObject({
      contribution: { kind: 'model' },
      merge: { landing: { proof: expect.arrayContaining([{ fact: 'downloads', value: '1840' }]) } },
    })
  })

  test('of an organisation is nobody’s own; where the rules do not name models it is only recorded', async () => {
    expect(await refusal(add(lin.member, atHub('BAAI/bge-m3')))).toBe('not_added organisation_release')
    const { contributionId } = await add(lin.member, atHub(MODEL))
    const answer = await ask(lin.member, atHub(MODEL))
    expect(answer.contribution?.contributionId).toBe(contributionId)
    // The other university's claim holds it; which one that is stays behind its wall.
    expect(answer.reasons).toEqual([
      { code: 'already_claimed', blocks: true, data: { claimId: null } },
      { code: 'no_points_for_kind', blocks: true, data: { kind: 'model' } },
    ])
  })
})

describe('adding', () => {
  test('wants an account there, a platform that shows it, and an address', async () => {
    expect(await refusal(add(chen.member, atHub('linyue-hf/tiny-tokenizer')))).toBe('not_added no_linked_account')
    const { webUrl } = world.outside.settings.gitee
    await world.link('gitee', 9150002, chen.member)
    const commit = `${webUrl}/mindspore/mindformers/commit/${'a'.repeat(40)}`
    expect(await refusal(add(chen.member, commit))).toBe('not_added kind_not_offered')
    expect(await refusal(add(chen.member, 'https://evil.example/a/b/pull/1'))).toBe('address_unknown_host')
    expect(await refusal(add(chen.member, at('a/b')))).toBe('address_not_a_contribution')
  })

  test('says how a platform failed, and adds nothing then', async () => {
    world.outside.sandbox.faults.add({
      match: {},
      kind: 'rate_limit',
      times: 20,
      afterMatches: 0,
      retryAfterSeconds: 60,
    })
    const failed = await addContribution(chen.member.actor, { address: at(COMMIT) }, { now: NOW }).catch(
      (e: unknown) => e,
    )
    expect(failed).toMatchObject({ kind: 'unavailable', code: 'platform_failed', details: { failure: 'rate_limited' } })
  })

  test('and asking leave a paused platform alone, and say so; what is there already is answered', async () => {
    const { contributionId } = await add(lin.member, at(COMMIT))
    const key = { universityId: world.university.universityId, platform: 'github' }
    await world.db.syncPause.create({ data: { ...key, reason: '期末核对名单', pausedAt: NOW } })
    const before = world.outside.sandbox.log.lastSequence
    try {
      const unseen = at(`huggingface/trl/commit/${'a'.repeat(40)}`)
      expect(await refusal(add(chen.member, unseen))).toBe('sync_paused')
      expect(await ask(chen.member, unseen)).toMatchObject({ canAdd: false, platformFailure: 'sync_paused' })
      expect(await add(lin.member, at(COMMIT))).toEqual({ contributionId, added: false })
      expect(world.outside.sandbox.log.since(before)).toEqual([])
    } finally {
      await world.db.syncPause.deleteMany({ where: key })
    }
  })

  test('is limited, and only a student’s own', async () => {
    const reviewer = await makeMember(world, world.university, { roles: ['reviewer'] })
    await expect(add(reviewer, at(COMMIT))).rejects.toMatchObject({ kind: 'forbidden' })
    for (let round = 0; round < 20; round += 1) await add(wang.member, at(COMMIT))
    expect(await refusal(add(wang.member, at(COMMIT)))).toBe('too_many_additions')
  })

  test('what the catalog leaves out is not kept', async () => {
    const { world: outside } = world.outside.sandbox.context
    const list = outside.listPullRequests({ platform: 'github', authorId: LIN_YUE })
    const pulls = Array.from({ length: list.length }, (_, index) => list.at(index))
    const pull = pulls.find((one) => one?.traps.includes('not_in_catalog') && one.state === 'merged')
    const repository = outside.findRepository('github', pull?.repositoryId ?? 0)
    const path = at(`${repository?.owner}/${repository?.name}/pull/${pull?.number}`)
    expect(await refusal(add(lin.member, path))).toBe('not_added not_in_catalog')
    expect((await ask(lin.member, path)).reasons.map(({ code }) => code)).toContain('not_in_catalog')
  })
})
