import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { withScope } from '@/lib/db/scope'
import { enqueue } from '@/lib/queue/enqueue'
import { type JobHandlers, type QueueRunner, startRunner } from '@/lib/queue/runner'
import { openTestWorld, type TestWorld } from '@/tests/factories'

let world: TestWorld
let runners: QueueRunner[] = []
let started: number[] = []
let work: () => Promise<void> = async () => {}

const idle = async () => {}
const handlers: JobHandlers = {
  'sync-account': idle,
  'sync-all-accounts': idle,
  'sync-university-accounts': idle,
  'sync-cohort': idle,
  'sync-repositories': idle,
  'complete-contributions': idle,
  'freeze-evidence': idle,
  'warn-claims': idle,
  'rewarn-claims': idle,
  'find-copies': idle,
  'reread-all': idle,
  'reread-contributions': idle,
  'verify-ledger': idle,
  'read-nomination': idle,
  'forget-expired': async (_payload, { attempt }) => {
    started.push(attempt)
    await work()
  },
}
/** In a hurry, so that the test need not wait 20 s. */
const heartbeat = { intervalMs: 100, deadAfterMs: 700 }

async function start(): Promise<QueueRunner> {
  const options = { connectionString: world.database.ownerUrl, concurrency: 1, handlers, crontab: '', heartbeat }
  const runner = await startRunner(options)
  runners.push(runner)
  return runner
}

async function queueOne(): Promise<void> {
  await withScope({}, (tx) => enqueue(tx, 'forget-expired', {}))
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(20)
}

const jobsLeft = () => world.db.$queryRaw`select id from graphile_worker._private_jobs`

beforeAll(async () => {
  world = await openTestWorld()
}, 60_000)

afterAll(() => world?.close())

beforeEach(() => {
  started = []
  work = idle
})

afterEach(async () => {
  for (const runner of runners) await runner.stop()
  runners = []
})

test('a job that takes longer than a worker counts as dead is left to its living worker', async () => {
  await start()
  await start()
  work = () => sleep(heartbeat.deadAfterMs * 4)
  await queueOne()
  await until(() => started.length > 0)
  await sleep(heartbeat.deadAfterMs * 5)
  expect(started).toEqual([1])
  expect(await jobsLeft()).toEqual([])
})

test('a worker that stops while a job ends has written down that it ended', async () => {
  const runner = await start()
  runners = []
  let finish = () => {}
  work = () => new Promise((resolve) => (finish = resolve))
  await queueOne()
  await until(() => started.length > 0)
  const stopped = runner.stop()
  finish()
  await stopped
  expect(await jobsLeft()).toEqual([])
})
