import { StringDecoder } from 'node:string_decoder'
import pg from 'pg'
import { type CopyToStreamQuery, to as copyTo } from 'pg-copy-streams'
import { z } from 'zod'
import { type ChainHead, genesisHead } from '@/lib/domain/ledger'
import { type ReportSums, reportSumsSchema } from './report-rows'

/** What PostgreSQL can write a CSV in. */
export const COPY_ENCODINGS = ['UTF8', 'GB18030'] as const
export type CopyEncoding = (typeof COPY_ENCODINGS)[number]

const COPY_BYTES_AHEAD = 64 * 1024
/** Who takes a report and stops reading holds a snapshot no longer than this: before the first byte, and in all. */
const IDLE_SECONDS = 300
const STATEMENT_SECONDS = 1800

const headSchema = z.object({ sequence: z.coerce.number(), hash: z.string() })

/**
 * A connection of its own for a long report, in one read-only snapshot as the app's role: row-level security holds for
 * COPY too. Close it, whatever happens.
 */
export type ReportReader = {
  sums: (sql: string) => Promise<ReportSums>
  /** The newest line of the ledger in the same snapshot as the rows. */
  head: () => Promise<ChainHead>
  /** The rows as a CSV without a header, as PostgreSQL writes it. `rowCount` is known when the stream has ended. */
  copy: (sql: string, encoding: CopyEncoding) => CopyToStreamQuery
  /** The rows as COPY sends them, some at a time. A batch is the reader's to take apart. */
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
  // work_mem: a whole ledger is sorted in memory.
  await client.query(
    `select set_config('app.university', $1, true), set_config('idle_in_transaction_session_timeout', $2, true),
            set_config('statement_timeout', $3, true), set_config('work_mem', '64MB', true)`,
    [universityId, `${IDLE_SECONDS}s`, `${STATEMENT_SECONDS}s`],
  )
  const { rows } = await client.query<{ free: boolean }>(
    'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as free',
    [`report:${universityId}:${key}`],
  )
  return rows[0]?.free === true
}

function readerOf(client: pg.Client, universityId: string): ReportReader {
  const copy = (command: string) => client.query(copyTo(command, { highWaterMark: COPY_BYTES_AHEAD }))
  return {
    sums: async (sql) => reportSumsSchema.parse((await client.query(sql)).rows[0]),
    head: async () => {
      const { rows } = await client.query('select sequence, hash from ledger_head where university_id = $1', [
        universityId,
      ])
      return rows[0] === undefined ? genesisHead(universityId) : { universityId, ...headSchema.parse(rows[0]) }
    },
    copy: (sql, encoding) => copy(`copy (${sql}) to stdout with (format csv, encoding '${encoding}')`),
    rows: (sql) => rowsOf(copy(`copy (${sql}) to stdout with (encoding 'UTF8')`)),
    close: () => client.end(),
  }
}

/** What COPY writes for the characters that part cells and lines, and for its own escape. */
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** The text format of COPY: a line a row, tabs between cells, escapes for what would be taken for either. */
async function* rowsOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<string[][]> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const piece of pieces) {
    const lines = (rest + decoder.write(piece)).split('\n')
    rest = lines.pop() ?? ''
    if (lines.length > 0) yield lines.map(cellsOf)
  }
}

function cellsOf(line: string): string[] {
  const cells = line.split('\t')
  return line.includes('\\') ? cells.map(unescaped) : cells
}

const unescaped = (cell: string): string => cell.replace(/\\(.)/g, (_, sign: string) => ESCAPES[sign] ?? sign)
