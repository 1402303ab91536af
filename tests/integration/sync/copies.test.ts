import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { seal } from '@/lib/config/sealing'
import { listContributions } from '@/lib/contributions/list-contributions'
import { listContributionsQuery } from '@/lib/contributions/schema'
import { withScope } from '@/lib/db/scope'
import { connectionSealContext } from '@/lib/db/university-connections'
import { uniteWorks } from '@/lib/db/works'
import { PlatformError } from '@/lib/platforms/platform-error'
import type { CollectedFile } from '@/lib/platforms/port'
import { findCopies } from '@/lib/sync/find-copies'
import { pauseSync } from '@/lib/sync/pause-sync'
import { resumeSync } from '@/lib/sync/resume-sync'
import { makeClaim, makeContribution, makeLinkedAccount, makeMember, makeRepository } from '@/tests/factories'
import { keyOf, openSyncWorld, SYNC, type SyncAccount, type SyncWorld } from './sync-world'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

const SUN_YIHAN = 71204504
const CHEN_SIYUAN = 71204502
const WANG_RUOXI = { github: 71204511, gitee: 9150011 }
const LIN_YUE = { github: 71204501, gitee: 9150001 }

let world: SyncWorld
beforeAll(async () => {
  world = await openSyncWorld()
})
afterAll(() => world.close())

const input = ({ personId }: SyncAccount) => ({ universityId: world.university.universityId, personId })
const look = (account: SyncAccount) => findCopies(SYNC, input(account), { platforms: world.outside.platforms })

async function connectGitHub(): Promise<void> {
  const { universityId } = world.university
  const answer = await fetch(`${world.outside.sandbox.origin}/_sandbox/github-app`)
  const handed: { appId: number; installations: { id: number }[]; privateKeyPem: string } = await answer.json()
  const settings = { appId: String(handed.appId), installationId: String(handed.installations[0]?.id) }
  const kind = 'github_app' as const
  const secretSealed = seal(handed.privateKeyPem, connectionSealContext({ universityId, kind }))
  await world.db.universityConnection.upsert({
    where: { universityId_kind: { universityId, kind } },
    update: {},
    create: { universityId, kind, settings, secretSealed },
  })
}

async function viewsOf({ member }: SyncAccount) {
  const query = listContributionsQuery.parse({ filter: 'all', termId: null, platform: null, cursor: null })
  return (await listContributions(member.actor, query)).items
}

test('a back-port that no message speaks of is known by its diff, which is read only where two look alike', async () => {
  const account = await world.link('github', SUN_YIHAN)
  await world.sync(account)
  expect((await world.jobs('find-copies')).map(({ payload }) => payload)).toContainEqual(input(account))
  const copy = world.outside.trapped('back_port', { authorId: SUN_YIHAN })
  const workOf = async (key: string) => (await world.stored(account)).get(key)?.workId
  const original = copy.backPortOf ? keyOf(copy.backPortOf) : ''
  expect(await workOf(keyOf(copy))).not.toBe(await workOf(original))
  // Without a credential of the university nothing is asked.
  expect(await look(account)).toEqual({ read: 0, united: 0, status: 'done' })
  await connectGitHub()
  const before = world.outside.sandbox.log.lastSequence
  expect(await look(account)).toEqual({ read: 2, united: 1, status: 'done' })
  const asked = world.outside.sandbox.log.since(before).filter(({ path }) => path.includes('/files'))
  expect(asked).toHaveLength(2)
  expect(await workOf(keyOf(copy))).toBe(await workOf(original))
  const view = (await viewsOf(account)).find(({ number, title }) => number === copy.number && title === copy.title)
  const reason = view?.reasons.find(({ code }) => code === 'duplicate')
  expect(reason?.data).toMatchObject({
    proof: 'same_patch',
    other: `huggingface/transformers#${copy.backPortOf?.number}`,
  })
  // Looked at again, nothing is read and nothing moves.
  expect(await look(account)).toEqual({ read: 0, united: 0, status: 'done' })
})

test('at Gitee the diffs come with the size, and a back-port is known without another request', async () => {
  const account = await world.link('gitee', WANG_RUOXI.gitee)
  await world.sync(account)
  const rows = await world.stored(account)
  expect([...rows.values()].filter(({ patchId }) => patchId !== null).length).toBeGreaterThan(0)
  const big = rows.get(keyOf(world.outside.trapped('many_files', { platform: 'gitee' })))
  expect(big).toMatchObject({ patchId: null, additions: null })
  const before = world.outside.sandbox.log.lastSequence
  await look(account)
  expect(world.outside.sandbox.log.since(before).filter(({ path }) => path.includes('/gitee/'))).toEqual([])
})

test('a mirror names where it was merged as the one that counts, whichever was read first', async () => {
  const gitee = await world.link('gitee', LIN_YUE.gitee)
  await world.sync(gitee)
  const github = await world.link('github', LIN_YUE.github, gitee.member)
  await world.sync(github)
  const views = await viewsOf(gitee)
  const mirrored = views.flatMap((view) =>
    view.reasons.filter(({ code }) => code === 'duplicate').map(({ data }) => ({ view, data })),
  )
  const mirror = mirrored.find(({ data }) => data.proof === 'same_commit')
  expect(mirror?.data.other).toMatch(/^[\w-]+\/[\w-]+[#!]\d+$/)
  const canonical = views.find(({ contributionId }) => contributionId === mirror?.data.canonicalContributionId)
  expect(canonical?.reasons.map(({ code }) => code)).not.toContain('duplicate')
})

test('a copy of what several wrote is told to the claims that may have it whole', async () => {
  const { universityId, personId } = await makeMember(world, world.university)
  const account = await makeLinkedAccount(world, personId, { platform: 'gitee' })
  const made = async () => {
    const repository = await makeRepository(world, { platform: 'gitee' })
    return makeContribution(world, { repository, author: account, title: 'Written by two' })
  }
  const contributionIds = [(await made()).contributionId, (await made()).contributionId]
  await world.db.contribution.updateMany({ where: { id: { in: contributionIds } }, data: { patchId: 'b'.repeat(40) } })
  const coAuthor = { platform: 'gitee', platformUserId: '9159999', login: 'other', seenAt: new Date() }
  await world.db.contributionCoAuthor.create({ data: { contributionId: contributionIds[1] ?? '', ...coAuthor } })
  const { platforms } = world.outside
  expect(await findCopies(SYNC, { universityId, personId }, { platforms })).toMatchObject({ united: 1 })
  const told = (await world.jobs('warn-claims')).map(({ payload }) => payload)
  for (const contributionId of contributionIds) expect(told).toContainEqual({ contributionId, code: 'claimed_whole' })
})

describe('diffs that cannot be had', () => {
  let account: SyncAccount
  let alike: string[]
  const file: CollectedFile = {
    ...{ path: 'a.py', previousPath: null, status: 'modified', additions: 1, deletions: 0 },
    ...{ patch: '@@ -1 +1,2 @@\n one\n+two', patchSha256: null },
  }

  beforeAll(async () => {
    await connectGitHub()
    account = await world.link('github', CHEN_SIYUAN)
    await world.sync(account)
  })

  /** Two that look alike, and whose diffs are not known yet. */
  beforeEach(async () => {
    const landed = [...(await world.stored(account)).values()].filter(({ landingState }) => landingState === 'landed')
    alike = landed.slice(0, 2).map(({ id }) => id)
    for (const [at, id] of alike.entries()) {
      const looks = { title: 'Alike', additions: 7, deletions: 1, changedFiles: 1, baseBranch: `branch-${at}` }
      await world.db.contribution.update({ where: { id }, data: { ...looks, patchId: null } })
    }
  })

  type ListChangedFiles = NonNullable<SyncWorld['outside']['platforms']['github']['listChangedFiles']>
  const lookWith = (listChangedFiles: ListChangedFiles) => {
    const { github } = world.outside.platforms
    return findCopies(SYNC, input(account), {
      platforms: { ...world.outside.platforms, github: { ...github, listChangedFiles } },
    })
  }
  const known = async () =>
    (await world.db.contribution.findMany({ where: { id: { in: alike }, patchId: { not: null } } })).length

  test('a pause puts them off, and going on finds them', async () => {
    const admin = (await makeMember(world, world.university, { roles: ['admin'] })).actor
    await pauseSync(admin, { platform: 'github', reason: '期末核对名单' })
    const refuse = async () => {
      throw new Error('asked though paused')
    }
    await world.db.$executeRaw`delete from graphile_worker._private_jobs`
    expect(await lookWith(refuse)).toMatchObject({ read: 0, status: 'waits' })
    const [job] = await world.jobs('find-copies')
    expect(job?.payload).toEqual(input(account))
    await resumeSync(admin, { platform: 'github' })
    expect(await lookWith(async () => ({ files: [file], isTruncated: false }))).toMatchObject({
      read: 2,
      status: 'done',
    })
  })

  test('a limit puts the rest off until the time that it names; what was read is kept', async () => {
    const until = new Date(Date.now() + 7_200_000)
    let asked = 0
    const found = await lookWith(async () => {
      asked += 1
      if (asked === 2) throw new PlatformError({ platform: 'github', kind: 'rate_limited', until })
      return { files: [file], isTruncated: false }
    })
    expect(found).toEqual({ read: 1, united: 0, status: 'waits' })
    expect(await known()).toBe(1)
    const job = (await world.jobs('find-copies')).find(({ key }) => key === `find-copies:${account.personId}`)
    expect(job?.payload).toEqual(input(account))
    expect(Math.abs((job?.run_at.getTime() ?? 0) - until.getTime())).toBeLessThan(1000)
  })

  test('a diff that is not whole says nothing, and what is gone holds up nothing', async () => {
    const cut = await lookWith(async () => ({ files: [file], isTruncated: true }))
    expect(cut).toEqual({ read: 0, united: 0, status: 'done' })
    const gone = await lookWith(async () => {
      throw new PlatformError({ platform: 'github', kind: 'not_found' })
    })
    expect(gone).toEqual({ read: 0, united: 0, status: 'done' })
    expect(await known()).toBe(0)
  })
})

test('works that two claims hold stay with both, and both are looked at again', async () => {
  const account = await world.link('github', WANG_RUOXI.github)
  await world.sync(account)
  const [one, two] = [...(await world.stored(account)).values()].filter(({ landingState }) => landingState === 'landed')
  if (!one || !two) throw new Error('too little landed')
  for (const row of [one, two]) {
    const contributions = [{ contributionId: row.id, workId: row.workId, number: row.number, url: '' }]
    await makeClaim(world, { university: world.university, student: account.member, contributions, state: 'submitted' })
    await world.db.contribution.update({
      where: { id: row.id },
      data: { patchId: 'f'.repeat(40), additions: 40, deletions: 2, changedFiles: 1 },
    })
  }
  expect((await look(account)).united).toBe(1)
  const after = await world.stored(account)
  const works = [...after.values()].filter(({ id }) => id === one.id || id === two.id).map(({ workId }) => workId)
  expect(new Set(works).size).toBe(2)
  const warned = (await world.jobs('warn-claims')).map(({ key }) => key)
  for (const { id } of [one, two]) expect(warned).toContain(`warn-claims:${id}:duplicate_work`)
  expect(await withScope({}, (tx) => uniteWorks(tx, [one.workId]))).toEqual([])
})
