import type { Readable } from 'node:stream'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { z } from 'zod'
import { type ChainHead, genesisHead } from '@/lib/domain/ledger'
import { type ReportSums, reportSumsSchema } from './report-rows'

/** What PostgreSQL can write a CSV in. */
export const COPY_ENCODINGS = ['UTF8', 'GB18030'] as const
export type CopyEncoding = (typeof COPY_ENCODINGS)[number]

const ROWS_AT_ONCE = 2000
/** Who takes a report and stops reading holds a snapshot no longer than this. */
const IDLE_SECONDS = 300
const STATEMENT_SECONDS = 1800

const headSchema = z.object({ sequence: z.coerce.number(), hash: z.string() })

/**
 * A connection of its own for a long report, in one read-only snapshot as the app's role: row-level security holds for
 * COPY and cursors too. Close it, whatever happens.
 */
export type ReportReader = {
  sums: (sql: string) => Promise<ReportSums>
  /** The newest line of the ledger in the same snapshot as the rows. */
  head: () => Promise<ChainHead>
  /** The rows as a CSV without a header, as PostgreSQL writes it. `rowCount` is known when the stream has ended. */
  copy: (sql: string, encoding: CopyEncoding) => Readable & { rowCount: number }
  /** The rows through a cursor, a batch read ahead of the one that is being written. */
  rows: (sql: string) => AsyncGenerator<string[][]>
  close: () => Promise<void>
}

/**
 * Opens a reader. With a key only one is open under it at a time, in the whole deployment.
 * @returns null where another one is open under the key
 */
export async function openReportReader(scope: { universityId: string; key: string }): Promise<ReportReader | null> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL, application_name: 'yuanfen report' })
  // A connection that breaks is told to whoever reads; without a listener it would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    const free = await begin(client, scope)
    if (!free) {
      await client.end()
      return null
    }
  } catch (error) {
    await client.end()
    throw error
  }
  return readerOf(client, scope.universityId)
}

async function begin(client: pg.Client, { universityId, key }: { universityId: string; key: string }) {
  await client.query('begin isolation level repeatable read read only')
  // All rows are read: the plan for the first few would be the wrong one, and they are sorted in memory.
  await client.query(
    `select set_config('app.university', $1, true), set_config('idle_in_transaction_session_timeout', $2, true),
            set_config('statement_timeout', $3, true), set_config('work_mem', '64MB', true),
            set_config('cursor_tuple_fraction', '1.0', true)`,
    [universityId, `${IDLE_SECONDS}s`, `${STATEMENT_SECONDS}s`],
  )
  const { rows } = await client.query<{ free: boolean }>(
    'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as free',
    [`report:${universityId}:${key}`],
  )
  return rows[0]?.free === true
}

function readerOf(client: pg.Client, universityId: string): ReportReader {
  return {
    sums: async (sql) => reportSumsSchema.parse((await client.query(sql)).rows[0]),
    head: async () => {
      const { rows } = await client.query('select sequence, hash from ledger_head where university_id = $1', [
        universityId,
      ])
      return rows[0] === undefined ? genesisHead(universityId) : { universityId, ...headSchema.parse(rows[0]) }
    },
    copy: (sql, encoding) =>
      client.query(copyTo(`copy (${sql}) to stdout with (format csv, encoding '${encoding}')`)) as Readable & {
        rowCount: number
      },
    rows: (sql) => batchesOf(client, sql),
    close: () => client.end(),
  }
}

async function* batchesOf(client: pg.Client, sql: string): AsyncGenerator<string[][]> {
  await client.query(`declare report no scroll cursor for ${sql}`)
  const fetchNext = async () =>
    (await client.query<string[]>({ text: `fetch ${ROWS_AT_ONCE} from report`, rowMode: 'array' })).rows
  let next = fetchNext()
  for (;;) {
    const batch = await next
    if (batch.length === 0) return
    next = fetchNext()
    // Whoever stops early never waits for it.
    next.catch(() => {})
    yield batch
  }
}
