import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { seal } from '@/lib/config/sealing'
import { closeDatabase } from '@/lib/db/client'
import { withScope } from '@/lib/db/scope'
import { createSyncRun, syncTokenContext } from '@/lib/db/sync-runs'
import type { SystemActor } from '@/lib/domain/actor'
import { runSync } from '@/lib/sync/run-sync'
import { syncCohort } from '@/lib/sync/sync-cohort'
import {
  type BenchDatabase,
  openBenchDatabase,
  readStatements,
  resetStatements,
  saySizes,
  sayStatements,
  totalMsOf,
} from './bench-database'
import { HttpClock } from './http-clock'
import { BenchSandbox } from './sandbox'
import { connectApp, type SeededAccount, seedAccounts, seedUniversity } from './seed'

const SYNC: SystemActor = { kind: 'system', name: 'SYSTEM_SYNC', universityId: null }
/** Of ten accounts so many pull requests on all platforms together. */
const PULL_REQUESTS_EACH = 6
/** A few at a time, as a naive tool that is not quite naive would. */
const AT_ONCE = 8

/** What grows with the students, and with what they do. */
const SIZED = ['person', 'member', 'linked_account', 'sync_source', 'sync_run', 'audit_event'] as const

export type NightlyFigures = {
  nightly: { accounts: number; newContributions: number; requests: number; points: number }
  baseline: { requests: number }
  firstSync: { pullRequests: number; requests: number }
}
type Say = (words: string) => void
type Bench = {
  database: BenchDatabase
  sandbox: BenchSandbox
  universityId: string
  accounts: SeededAccount[]
  say: Say
}

/** A whole university at GitHub: its first night, the night after with a little news, and one account by itself. */
export async function benchNightly(size: number, say: Say): Promise<NightlyFigures> {
  const database = await openBenchDatabase()
  const sandbox = await BenchSandbox.start({ peopleCount: size, pullRequestCount: size * PULL_REQUESTS_EACH })
  try {
    const universityId = await seedUniversity(database.client)
    await connectApp(database.client, universityId, sandbox.origin)
    const accounts = await seedAccounts(database.client, { universityId, platform: 'github', from: 0, to: size })
    const bench = { database, sandbox, universityId, accounts, say }
    const firstSync = await measureFirstSync(bench)
    await measureFirstNight(bench)
    const newAccounts = Math.round(size * 0.03)
    const landed = z
      .number()
      .parse(await sandbox.ask({ what: 'land', platform: 'github', accounts: newAccounts, of: size }))
    const since = new Date(Date.now() - 300_000)
    const nightly = await measureNight(bench)
    say(`  ${landed} contributions landed in the meantime, ${nightly.newContributions} were found`)
    await saySizes(database.client, SIZED, say)
    const baseline = await measureBaseline(bench, since)
    return { nightly, baseline, firstSync }
  } finally {
    sandbox.stop()
    await closeDatabase()
    await database.close()
  }
}

/** One account by itself, with its owner's token: what is asked beside the identity and the revocation. */
async function measureFirstSync({ sandbox, universityId, accounts, say }: Bench): Promise<NightlyFigures['firstSync']> {
  const [account] = accounts
  if (!account) throw new Error('nobody')
  const [token] = z.array(z.string()).parse(await sandbox.ask({ what: 'tokens', accounts: 1 }))
  const pullRequests = z.number().parse(await sandbox.ask({ what: 'pullRequests', platform: 'github', account: 0 }))
  const runId = randomUUID()
  const { personId, accountId } = account
  await withScope({ universityId, personId }, (tx) =>
    createSyncRun(tx, {
      ...{ id: runId, accountId, personId, universityId, trigger: 'link', requestedAt: new Date() },
      tokenSealed: seal(token ?? '', syncTokenContext(runId)),
    }),
  )
  const counted = await sandbox.counted(() => runSync(SYNC, { runId, personId }))
  say(
    `  first sync of ${pullRequests} pull requests: ${JSON.stringify(counted.paths)}, ${counted.seconds.toFixed(1)} s`,
  )
  const beside = Object.entries(counted.paths).filter(([path]) => /\/user$|applications/.test(path))
  return { pullRequests, requests: counted.requests - beside.reduce((sum, [, count]) => sum + count, 0) }
}

/** Everything of everybody: as long as it takes, and how much of that is ours. */
async function measureFirstNight({ database, sandbox, universityId, say }: Bench): Promise<void> {
  await resetStatements(database.client)
  const clock = new HttpClock()
  const counted = await sandbox.counted(() => wholeNight(universityId))
  const waitedSeconds = clock.stop()
  const statements = await readStatements(database.client)
  sayStatements(statements, say)
  const { rows } = await database.client.query<{ count: string }>('select count(*) from contribution')
  const ours = Math.max(0, counted.seconds - waitedSeconds) / counted.seconds
  say(
    `  first night: ${rows[0]?.count} contributions, ${counted.requests} requests, ${counted.points} points, ` +
      `${counted.seconds.toFixed(0)} s, of which ${waitedSeconds.toFixed(0)} s waiting for the sandbox: ours is ${Math.round(ours * 100)} %, ` +
      `${(totalMsOf(statements) / 1000).toFixed(1)} s of it the database`,
  )
}

async function measureNight({ database, sandbox, universityId, say }: Bench): Promise<NightlyFigures['nightly']> {
  await database.client.query(`update linked_account set synced_at = synced_at - interval '1 day'`)
  await resetStatements(database.client)
  const counted = await sandbox.counted(() => wholeNight(universityId))
  const databaseMs = totalMsOf(await readStatements(database.client))
  say(
    `  night: ${JSON.stringify(counted.paths)}, ${counted.points} points, ${counted.seconds.toFixed(0)} s, ` +
      `database ${(databaseMs / 1000).toFixed(1)} s`,
  )
  const { rows } = await database.client.query<{ accounts: number; found: number }>(
    'select accounts, inserted + refreshed as found from cohort_pass order by started_at desc limit 1',
  )
  const { accounts = 0, found = 0 } = rows[0] ?? {}
  return { accounts, newContributions: found, requests: counted.requests, points: counted.points }
}

async function wholeNight(universityId: string): Promise<void> {
  for (;;) {
    const outcome = await syncCohort(SYNC, { universityId, platform: 'github' })
    if (outcome === 'done') return
    if (outcome !== 'goes_on') throw new Error(`the night ended ${outcome}`)
  }
}

const foundSchema = z.object({
  items: z.array(z.object({ pull_request: z.object({ url: z.string() }) })),
})

/** One search a student, then one request a pull request, each with the student's own token and limits. */
async function measureBaseline({ sandbox, accounts, say }: Bench, since: Date): Promise<NightlyFigures['baseline']> {
  const tokens = z.array(z.string()).parse(await sandbox.ask({ what: 'tokens', accounts: accounts.length }))
  const queue = tokens.map((token, index) => ({ token, index }))
  const loginOf = await logins(sandbox, accounts.length)
  const counted = await sandbox.counted(async () => {
    const work = async () => {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        const headers = { authorization: `Bearer ${next.token}`, 'user-agent': 'naive' }
        const login = loginOf(next.index)
        const q = `author:${login} is:pr is:merged merged:>=${since.toISOString().slice(0, 19)}Z`
        const url = `${sandbox.origin}/github/api/search/issues?${new URLSearchParams({ q, per_page: '100' })}`
        const { items } = foundSchema.parse(await (await fetch(url, { headers })).json())
        for (const { pull_request: pull } of items) await (await fetch(pull.url, { headers })).text()
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
  })
  say(`  baseline: ${counted.requests} requests, ${counted.seconds.toFixed(0)} s`)
  return { requests: counted.requests }
}

const accountsSchema = z.object({ accounts: z.array(z.object({ id: z.number(), login: z.string() })) })

/** Today's logins of the big world's accounts, a page at a time. */
async function logins(sandbox: BenchSandbox, count: number): Promise<(index: number) => string> {
  const known = new Map<number, string>()
  for (let offset = 0; known.size < count; offset += 1000) {
    const url = `${sandbox.origin}/_sandbox/world/accounts?platform=github&offset=${offset}&limit=1000`
    const { accounts } = accountsSchema.parse(await (await fetch(url)).json())
    if (accounts.length === 0) break
    for (const { id, login } of accounts) if (id >= 200_000_000) known.set(id - 200_000_000, login)
  }
  return (index) => known.get(index) ?? ''
}
