import { randomUUID } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { syncUniversityAccounts } from '@/lib/sync/sync-all-accounts'
import { shownAccountId } from '@/sandbox/world/shown-ids'
import { connectApp, connectGitee } from './connect'
import { openSyncWorld, SYNC, type SyncWorld } from './sync-world'
import { isQuiet, kill, letDeadWorkersBeMissed, openWorkers, until } from './workers'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 })

const BIG = { peopleCount: 150, pullRequestCount: 1_800 }
/** A job that ends with its worker is tried 8 times. */
const KILLS = 4

const workers = openWorkers()
let world: SyncWorld | null = null
afterEach(async () => {
  await workers.killAll()
  await world?.close()
})

/** Everybody of the big world at GitHub and Gitee is a student who linked. */
async function linkEverybody({ db, outside, university }: SyncWorld): Promise<number> {
  const { universityId } = university
  const accounts = (['github', 'gitee'] as const).flatMap((platform) =>
    outside.sandbox.context.world
      .listAccounts(platform, { limit: 5_000 })
      .filter(({ kind, deletedAs, isPrivate }) => kind === 'User' && !deletedAs && !isPrivate)
      .map(({ id, login }) => ({ platform, platformUserId: shownAccountId(platform, id), login })),
  )
  const rows = accounts.map((account, at) => ({ account, personId: randomUUID(), number: `0${300_000 + at}` }))
  await db.person.createMany({ data: rows.map(({ personId: id }) => ({ id })) })
  await db.member.createMany({
    data: rows.map(({ personId, number }) => ({ universityId, personId, number, name: number })),
  })
  await db.linkedAccount.createMany({
    data: rows.map(({ account, personId }) => ({ ...account, personId, linkedAt: new Date('2026-01-01T00:00:00Z') })),
  })
  return rows.length
}

async function openNight(port: number): Promise<{ opened: SyncWorld; accounts: number }> {
  const opened = await openSyncWorld({ world: BIG, port })
  world = opened
  await connectApp(opened)
  await connectGitee(opened)
  const accounts = await linkEverybody(opened)
  const { universityId } = opened.university
  await syncUniversityAccounts(SYNC, { universityId, afterMemberId: null, trigger: 'nightly' })
  return { opened, accounts }
}

/** All that a night is for, without what is drawn anew in each database. */
async function finalRows({ db }: SyncWorld) {
  const contributions = await db.contribution.findMany({
    include: { repository: { select: { platformRepositoryId: true } } },
    orderBy: [{ platform: 'asc' }, { url: 'asc' }],
  })
  // Which stand together as one work, whatever the work is called.
  const together = Map.groupBy(contributions, ({ workId }) => workId)
  const facts = contributions.map(
    ({ id: _id, workId, firstSeenAt: _first, refreshedAt: _last, repositoryId: _repository, ...row }) => ({
      ...row,
      copies: (together.get(workId) ?? []).map(({ url }) => url).sort(),
    }),
  )
  const indexed = await db.$queryRaw<{ key: string }[]>`
    select i.platform || ' ' || r.platform_repository_id || ' ' || i.number || ' ' || i.author_platform_user_id as key
      from indexed_pull_request i join repository r on r.id = i.repository_id order by 1`
  const watermarks = await db.$queryRaw<{ key: string }[]>`
    select a.platform || ' ' || a.platform_user_id || ' ' || s.source || ' ' || s.watermark_at::text as key
      from sync_source s join linked_account a on a.id = s.account_id where s.watermark_at is not null order by 1`
  const repositories = await db.repositoryPass.findMany({
    select: { platform: true, sourceKey: true, watermarkAt: true, failureKind: true, passCursor: true },
    orderBy: [{ platform: 'asc' }, { sourceKey: 'asc' }],
  })
  const skips = await db.repositorySkip.findMany({ select: { platform: true, reference: true, reason: true } })
  const unread = await db.linkedAccount.count({ where: { syncedAt: null } })
  return { facts, indexed, watermarks, repositories, skips: skips.length, unread }
}

test('workers killed with -9 again and again leave the rows of a night that nothing disturbed', async () => {
  const { opened: calm, accounts } = await openNight(0)
  const port = Number(new URL(calm.outside.sandbox.origin).port)
  await workers.start()
  await until('the calm night is over', 120, () => isQuiet(calm))
  await workers.killAll()
  const expected = await finalRows(calm)
  expect(accounts).toBeGreaterThan(200)
  expect(expected.facts.length).toBeGreaterThan(1_000)
  await calm.close()

  const { opened: rough } = await openNight(port)
  const done = async () => (await rough.db.contribution.count()) + (await rough.db.indexedPullRequest.count())
  let kills = 0
  const killedAt: number[] = []
  while (kills < KILLS && !(await isQuiet(rough))) {
    const worker = await workers.start()
    const before = await done()
    await until('it writes something', 60, async () => (await done()) > before || (await isQuiet(rough)))
    // Somewhere in the middle of whatever it does, another place each time.
    await new Promise((resolve) => setTimeout(resolve, 37 * (kills + 1)))
    if (await isQuiet(rough)) break
    await kill(worker)
    kills += 1
    killedAt.push(await done())
    await letDeadWorkersBeMissed(rough)
  }
  await workers.start()
  await until('the rough night is over', 120, () => isQuiet(rough))
  expect(kills).toBeGreaterThanOrEqual(3)
  // They were caught in the middle: something was there, and not all.
  expect(killedAt[0]).toBeLessThan(expected.facts.length + expected.indexed.length)
  expect(await finalRows(rough)).toEqual(expected)
  expect(await rough.db.cohortPass.count({ where: { state: { not: 'done' } } })).toBe(0)
})
