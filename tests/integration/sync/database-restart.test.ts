import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { withScope } from '@/lib/db/scope'
import { enqueue } from '@/lib/queue/enqueue'
import { createMigratedDatabase, type ScratchServer, startScratchServer } from '@/scripts/postgres/scratch'
import { type PostgresServer, startPostgres } from '@/scripts/postgres/server'
import { BROKER_VARIABLE } from '@/tests/setup/test-database'
import { keyOf, openSyncWorld, type SyncWorld } from './sync-world'
import { openWorkers, until } from './workers'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const LIN_YUE = 71204501
const TEMPLATE = 'yuanfen_template'

/** A server of this test's own: the one that all tests share is not ours to break. */
let scratch: ScratchServer
let again: PostgresServer | null = null
let world: SyncWorld
const workers = openWorkers()
const broker = createServer((_request, response) => {
  response.end(JSON.stringify({ superuserUrl: scratch.superuserUrl(), rolePassword: 'scratch', template: TEMPLATE }))
})

beforeAll(async () => {
  scratch = await startScratchServer()
  await createMigratedDatabase(scratch, TEMPLATE)
  await new Promise<void>((resolve) => {
    broker.listen(0, '127.0.0.1', resolve)
  })
  const address = broker.address()
  process.env[BROKER_VARIABLE] = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  world = await openSyncWorld()
})
afterAll(async () => {
  await workers.killAll()
  await world?.close()
  await again?.stop()
  await scratch?.remove()
  broker.close()
})

test('the database is killed in mid-sync and comes back: the sync goes on by itself, and the rows are exact', async () => {
  const account = await world.link('github', LIN_YUE)
  world.outside.sandbox.faults.add({
    match: { path: '/graphql' },
    kind: 'slow',
    times: 100,
    afterMatches: 0,
    delayMs: 1_500,
    retryAfterSeconds: 0,
  })
  const worker = await workers.start()
  const runId = await world.request(account)
  const { accountId, personId } = account
  await withScope({ personId }, (tx) => enqueue(tx, 'sync-account', { runId, accountId, personId }))
  const run = () => world.db.syncRun.findUniqueOrThrow({ where: { id: runId } })
  await until('the sync is under way', 60, async () => (await run()).state === 'running')

  // SIGQUIT: no farewell to clients, no checkpoint; it recovers from its log as after a power cut.
  scratch.server.process.kill('SIGQUIT')
  await until('it is gone', 30, async () => scratch.server.process.exitCode !== null)
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  again = await startPostgres({
    dataDir: scratch.server.dataDir,
    port: scratch.server.port,
    superuserPassword: 'scratch',
    durable: false,
    logFile: `${scratch.server.dataDir}.log`,
  })
  world.outside.sandbox.faults.clear()
  await until('the sync is done', 150, async () => {
    // A worker that lost its database ends; whoever runs it starts it again (docs/sync.md).
    if (worker.exitCode !== null && workers.living() === 0) await workers.start()
    return (await run().catch(() => null))?.state === 'done'
  })
  const truth = world.outside.pullRequestsOf('github', LIN_YUE)
  expect([...(await world.stored(account)).keys()].sort()).toEqual(truth.map(keyOf).sort())
  expect(await run()).toMatchObject({ inserted: truth.length, tokenSealed: null })
  // What is asked for afterwards is done as ever.
  await world.sync(account, { trigger: 'refresh' })
})
