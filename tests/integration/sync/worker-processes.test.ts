import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { withScope } from '@/lib/db/scope'
import { enqueue } from '@/lib/queue/enqueue'
import { keyOf, openSyncWorld, type SyncAccount, type SyncWorld } from './sync-world'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 })

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const CHEN_SIYUAN = 9150002
const LIN_YUE = 71204501

let world: SyncWorld
const started: ChildProcess[] = []

beforeEach(async () => {
  world = await openSyncWorld()
})
afterEach(async () => {
  for (const child of started.splice(0)) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await world.close()
})

/** A worker as `npm run worker` starts it, in a process of its own. */
async function startWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/worker/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, WORKER_CONCURRENCY: '2', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  started.push(child)
  await once(child, 'message')
  return child
}

async function queue(account: SyncAccount): Promise<string> {
  const runId = await world.request(account)
  const { accountId, personId } = account
  await withScope({ personId }, (tx) => enqueue(tx, 'sync-account', { runId, accountId, personId }))
  return runId
}

async function until(what: string, seconds: number, holds: () => Promise<boolean>): Promise<number> {
  const begun = Date.now()
  while (!(await holds())) {
    if (Date.now() - begun > seconds * 1000) throw new Error(`${what}: not within ${seconds} s`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  return (Date.now() - begun) / 1000
}

const stateOf = async (runId: string) => (await world.db.syncRun.findUniqueOrThrow({ where: { id: runId } })).state
const sourcesDone = async (runId: string) =>
  (await world.db.syncRun.findUniqueOrThrow({ where: { id: runId } })).sourcesDone

/** Slow enough that the sync can be caught in the middle. */
function slowDown(path: string, delayMs: number): void {
  world.outside.sandbox.faults.add({
    match: { path },
    kind: 'slow',
    times: 1000,
    afterMatches: 0,
    delayMs,
    retryAfterSeconds: 0,
  })
}

/** What the catalog's Gitee repositories hold of the account. */
function expectedOf(accountNumber: number): string[] {
  const { world: outside } = world.outside.sandbox.context
  return world.outside
    .pullRequestsOf('gitee', accountNumber)
    .filter(
      (pull) => pull.state === 'merged' && outside.findRepository('gitee', pull.repositoryId)?.owner !== 'openeuler',
    )
    .map(keyOf)
    .sort()
}

test('a worker killed in mid-sync: the other one goes on within 60 s, and the rows are exact', async () => {
  const account = await world.link('gitee', CHEN_SIYUAN)
  const first = await startWorker()
  slowDown('/pulls?', 400)
  const runId = await queue(account)
  await until('the sync is under way', 60, async () => (await sourcesDone(runId)) >= 3)
  first.kill('SIGKILL')
  await once(first, 'exit')
  expect(await stateOf(runId)).toBe('running')
  const doneAtDeath = await sourcesDone(runId)
  world.outside.sandbox.faults.clear()
  await startWorker()
  const seconds = await until('another worker took it up', 60, async () => (await sourcesDone(runId)) > doneAtDeath)
  expect(seconds).toBeLessThan(60)
  await until('the sync is done', 60, async () => (await stateOf(runId)) === 'done')
  expect([...(await world.stored(account)).keys()].sort()).toEqual(expectedOf(CHEN_SIYUAN))
  const run = await world.db.syncRun.findUniqueOrThrow({ where: { id: runId } })
  expect(run.inserted).toBe(expectedOf(CHEN_SIYUAN).length)
  expect(run.tokenSealed).toBeNull()
})

test('two workers on one account: one sync after the other, nothing twice', async () => {
  const account = await world.link('github', LIN_YUE)
  await Promise.all([startWorker(), startWorker()])
  const runs = [await queue(account), await queue(account)]
  await until('both are done', 60, async () => {
    const states = await Promise.all(runs.map(stateOf))
    return states.every((state) => state === 'done')
  })
  const truth = world.outside.pullRequestsOf('github', LIN_YUE)
  expect([...(await world.stored(account)).keys()].sort()).toEqual(truth.map(keyOf).sort())
  const rows = await world.db.syncRun.findMany({ orderBy: { startedAt: 'asc' } })
  expect(rows.map((row) => row.inserted)).toEqual([truth.length, 0])
  expect(rows[1]?.startedAt?.getTime()).toBeGreaterThanOrEqual(rows[0]?.finishedAt?.getTime() ?? 0)
})

test('asked to stop, a worker ends at a safe point and leaves the rest to the next', async () => {
  const account = await world.link('gitee', CHEN_SIYUAN)
  const first = await startWorker()
  slowDown('/pulls?', 400)
  const runId = await queue(account)
  await until('the sync is under way', 60, async () => (await sourcesDone(runId)) >= 2)
  first.kill('SIGTERM')
  const [code] = await once(first, 'exit')
  expect(code).toBe(0)
  const doneAtStop = await sourcesDone(runId)
  expect(await world.db.workerHeartbeat.count()).toBe(0)
  world.outside.sandbox.faults.clear()
  await startWorker()
  // Nothing was left locked: no need to wait until the worker counts as dead.
  await until('the next one took it up', 15, async () => (await sourcesDone(runId)) > doneAtStop)
  await until('the sync is done', 60, async () => (await stateOf(runId)) === 'done')
  expect([...(await world.stored(account)).keys()].sort()).toEqual(expectedOf(CHEN_SIYUAN))
})

test('a worker whose parent is gone ends by itself', async () => {
  const worker = await startWorker()
  worker.disconnect()
  const [code] = await once(worker, 'exit')
  expect(code).toBe(0)
})
