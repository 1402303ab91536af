import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { withScope } from '@/lib/db/scope'
import { enqueue } from '@/lib/queue/enqueue'
import { MOST_JITTER_MS } from '@/lib/sync/retry-time'
import type { Fault } from '@/sandbox/http/faults'
import { connectApp, connectGitee } from './connect'
import { keyOf, openSyncWorld, type SyncAccount, type SyncWorld } from './sync-world'
import { isQuiet, letDeadWorkersBeMissed, openWorkers, until } from './workers'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

const LIN_YUE = { github: 71204501, gitee: 9150001 }

const workers = openWorkers()
let world: SyncWorld
let port = 0
beforeEach(async () => {
  world = await openSyncWorld({ port })
  port = Number(new URL(world.outside.sandbox.origin).port)
})
afterEach(async () => {
  await workers.killAll()
  await world.close()
})

async function queue(account: SyncAccount): Promise<string> {
  const runId = await world.request(account)
  const { accountId, personId } = account
  await withScope({ personId }, (tx) => enqueue(tx, 'sync-account', { runId, accountId, personId }))
  return runId
}

const runOf = (runId: string) => world.db.syncRun.findUniqueOrThrow({ where: { id: runId } })
const truthOf = (accountNumber: number) => world.outside.pullRequestsOf('github', accountNumber).map(keyOf).sort()
const storedKeys = async (account: SyncAccount) => [...(await world.stored(account)).keys()].sort()

function addFault(fault: Pick<Fault, 'match' | 'kind'> & Partial<Fault>): void {
  world.outside.sandbox.faults.add({ times: 1, afterMatches: 0, retryAfterSeconds: 60, ...fault })
}

/** Connections of the app and its workers that hold a transaction open. */
async function openTransactions(): Promise<number> {
  const rows = await world.db.$queryRaw<{ open: bigint }[]>`
    select count(*) as open from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'`
  return Number(rows[0]?.open)
}

const lockedJobs = async () => {
  const rows = await world.db.$queryRaw<{ locked: bigint }[]>`
    select count(*) as locked from graphile_worker.jobs where locked_at is not null`
  return Number(rows[0]?.locked)
}

test.each([
  ['rate_limit', 600],
  ['secondary', 90],
] as const)('a %s waits as long as the platform says, a moment more, and holds nothing', async (kind, seconds) => {
  const account = await world.link('github', LIN_YUE.github)
  addFault({ match: { path: '/graphql' }, kind, retryAfterSeconds: seconds })
  await workers.start()
  const runId = await queue(account)
  await until('it waits', 60, async () => (await runOf(runId)).state === 'waiting')
  const told = world.outside.sandbox.log.since(0).find(({ fault }) => fault === kind)
  const toldUntilMs = Date.parse(told?.at ?? '') + seconds * 1000
  const run = await runOf(runId)
  expect(run.failureKind).toBe('rate_limited')
  // Answers are timed to the second, and an answer takes a moment.
  expect(run.retryAt?.getTime()).toBeGreaterThanOrEqual(toldUntilMs - 1000)
  expect(run.retryAt?.getTime()).toBeLessThanOrEqual(toldUntilMs + MOST_JITTER_MS + 3000)
  await until('its job has ended', 10, async () => (await lockedJobs()) === 0)
  expect(await openTransactions()).toBe(0)
  const [job] = await world.jobs('sync-account')
  expect(job?.run_at.getTime()).toBe(run.retryAt?.getTime())
  // Nobody asks the platform while it waits.
  const asked = world.outside.sandbox.log.lastSequence
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  expect(world.outside.sandbox.log.lastSequence).toBe(asked)
  // The time comes.
  await world.db.$executeRaw`update graphile_worker._private_jobs set run_at = now()`
  await until('it is done', 60, async () => (await runOf(runId)).state === 'done')
  expect(await storedKeys(account)).toEqual(truthOf(LIN_YUE.github))
})

test('while a platform takes its time no transaction is open, and half an answer is asked for again', async () => {
  const account = await world.link('github', LIN_YUE.github)
  addFault({ match: { path: '/graphql' }, kind: 'truncate', times: 4 })
  addFault({ match: { path: '/graphql' }, kind: 'slow', delayMs: 1_500, times: 50, afterMatches: 4 })
  await workers.start()
  const runId = await queue(account)
  await until('half an answer was met', 60, async () => (await runOf(runId)).state === 'waiting')
  expect(await runOf(runId)).toMatchObject({ failureKind: 'unavailable' })
  expect((await world.stored(account)).size).toBe(0)
  const looks: number[] = []
  await until('it is done', 120, async () => {
    await world.db
      .$executeRaw`update graphile_worker._private_jobs set run_at = now() where locked_at is null and run_at > now()`
    looks.push(await openTransactions())
    return (await runOf(runId)).state === 'done'
  })
  // A transaction may be met while a page is written; not look after look, as it would be while an answer takes its time.
  const held = looks.filter((open) => open > 0).length
  expect(held).toBeLessThan(looks.length / 4)
  expect(await storedKeys(account)).toEqual(truthOf(LIN_YUE.github))
})

test('one platform that is down stops nothing else: the other’s night is whole', async () => {
  await connectApp(world)
  await connectGitee(world)
  const github = await world.link('github', LIN_YUE.github)
  await world.link('gitee', LIN_YUE.gitee, github.member)
  addFault({ match: { path: '/gitee' }, kind: 'status_500', times: 1_000_000 })
  const { universityId } = world.university
  await workers.start()
  await withScope({ universityId }, (tx) =>
    enqueue(tx, 'sync-university-accounts', { universityId, afterMemberId: null, trigger: 'nightly' }),
  )
  const nights = () => world.db.cohortPass.findMany()
  await until('GitHub’s night is done', 90, async () => (await nights()).some(({ state }) => state === 'done'))
  expect(await storedKeys(github)).toEqual(truthOf(LIN_YUE.github))
  // Gitee's night waits by itself, and holds no worker meanwhile.
  await until('Gitee’s night waits', 60, async () => {
    const jobs = await world.jobs('sync-repositories')
    return jobs.some(
      ({ payload, run_at }) => JSON.stringify(payload).includes('gitee') && run_at.getTime() > Date.now(),
    )
  })
  expect(await world.db.indexedPullRequest.count({ where: { platform: 'gitee' } })).toBe(0)
  // It comes back: the same night goes on, nobody asks for it.
  world.outside.sandbox.faults.clear()
  await world.db.$executeRaw`
    update graphile_worker._private_jobs set run_at = now() where payload ->> 'platform' = 'gitee' and locked_at is null`
  await until('Gitee’s night is done', 90, async () => {
    const read = await world.db.repositoryPass.count({ where: { platform: 'gitee', completedAt: { not: null } } })
    return (
      read > 0 &&
      (await world.jobs('sync-repositories')).every(({ payload }) => !JSON.stringify(payload).includes('gitee'))
    )
  })
  expect(await world.db.indexedPullRequest.count({ where: { platform: 'gitee' } })).toBeGreaterThan(0)
})

test('two workers on the very same job, the first only frozen and not dead: the rows are those of one', async () => {
  const account = await world.link('gitee', LIN_YUE.gitee)
  addFault({ match: { path: '/pulls?' }, kind: 'slow', delayMs: 300, times: 60 })
  const first = await workers.start()
  const runId = await queue(account)
  await until('the sync is under way', 60, async () => (await runOf(runId)).sourcesDone >= 2)
  first.kill('SIGSTOP')
  await letDeadWorkersBeMissed(world)
  await workers.start()
  const doneBefore = (await runOf(runId)).sourcesDone
  await until('the second goes on', 60, async () => (await runOf(runId)).sourcesDone > doneBefore)
  // The first wakes in the middle of a page and finishes what it thinks is its job.
  first.kill('SIGCONT')
  await until('the sync is done', 120, async () => (await runOf(runId)).state === 'done')
  await until('nobody works any more', 60, () => isQuiet(world))
  const { world: outside } = world.outside.sandbox.context
  const truth = outside.listPullRequests({ platform: 'gitee', authorId: LIN_YUE.gitee })
  const all = Array.from({ length: truth.length }, (_, at) => truth.at(at)).filter((pull) => pull !== undefined)
  const landed = all.filter(
    ({ state, repositoryId }) =>
      state === 'merged' && outside.findRepository('gitee', repositoryId)?.owner !== 'openeuler',
  )
  expect(await storedKeys(account)).toEqual(landed.map(keyOf).sort())
  expect((await runOf(runId)).tokenSealed).toBeNull()
  expect(await world.db.auditEvent.count({ where: { action: 'sync.finished' } })).toBe(1)
})
