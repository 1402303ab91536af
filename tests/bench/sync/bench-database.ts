import pg from 'pg'
import { createMigratedDatabase, startScratchServer } from '@/scripts/postgres/scratch'
import { setAppEnv } from '@/tests/setup/app-env'

const NAME = 'bench'
const STATISTICS = {
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.max': '10000',
  'pg_stat_statements.track': 'top',
  max_wal_size: '4GB',
}

export type BenchDatabase = { client: pg.Client; appUrl: string; ownerUrl: string; close: () => Promise<void> }

/** A server of its own with statement statistics, and the app's code pointed at it. */
export async function openBenchDatabase(): Promise<BenchDatabase> {
  const scratch = await startScratchServer(STATISTICS)
  await createMigratedDatabase(scratch, NAME)
  const appUrl = scratch.appUrl(NAME)
  const ownerUrl = scratch.ownerUrl(NAME)
  const client = new pg.Client({ connectionString: scratch.superuserUrl(NAME) })
  await client.connect()
  await client.query('create extension pg_stat_statements')
  setAppEnv({ DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, LOG_LEVEL: 'warn' })
  return {
    client,
    appUrl,
    ownerUrl,
    close: async () => {
      await client.end()
      await scratch.remove()
    },
  }
}

/** By statement; `leastMs` is the quickest call since {@link beginWindow}. */
export type StatementTimes = Map<string, { query: string; calls: number; totalMs: number; leastMs: number }>

/** What every statement of the app cost since the statistics were begun anew; BEGIN and COMMIT are among them. */
export async function readStatements(client: pg.Client): Promise<StatementTimes> {
  const { rows } = await client.query<{ id: string; query: string; calls: string; total: number; least: number }>(
    `select queryid::text as id, query, calls, total_exec_time as total, min_exec_time as least from pg_stat_statements s
       join pg_roles r on r.oid = s.userid where r.rolname = 'yuanfen_app'`,
  )
  return new Map(
    rows.map(({ id, query, calls, total, least }) => [
      id,
      { query, calls: Number(calls), totalMs: total, leastMs: least },
    ]),
  )
}

export async function resetStatements(client: pg.Client): Promise<void> {
  await client.query('select pg_stat_statements_reset()')
}

/** From here on the quickest calls are counted anew; sums go on. */
export async function beginWindow(client: pg.Client): Promise<void> {
  await client.query('select pg_stat_statements_reset(0, 0, 0, true)')
}

export function totalMsOf(statements: StatementTimes): number {
  return [...statements.values()].reduce((sum, { totalMs }) => sum + totalMs, 0)
}

/** The statements that take most, with what a call takes. */
export function sayStatements(statements: StatementTimes, say: (words: string) => void): void {
  const all = totalMsOf(statements)
  const top = [...statements.values()].sort((a, b) => b.totalMs - a.totalMs).slice(0, 12)
  for (const { query, calls, totalMs } of top) {
    const share = String(Math.round((100 * totalMs) / all)).padStart(3)
    say(`  ${share} %  ${(totalMs / calls).toFixed(2)} ms × ${calls}  ${query.replace(/\s+/g, ' ').slice(0, 110)}`)
  }
}

/** What a row of each takes on disk, indexes and all. */
export async function saySizes(
  client: pg.Client,
  tables: readonly string[],
  say: (words: string) => void,
): Promise<void> {
  for (const table of tables) {
    const { rows } = await client.query<{ bytes: string; rows: string }>(
      `select pg_total_relation_size('${table}'::regclass) as bytes, count(*) as rows from ${table}`,
    )
    const { bytes = '0', rows: count = '0' } = rows[0] ?? {}
    say(`  ${table}: ${Math.round(Number(bytes) / Math.max(1, Number(count)))} bytes a row, ${count} rows`)
  }
}
