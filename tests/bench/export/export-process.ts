/** One export in a process of its own, so that its memory is nobody else's: `export-process.ts MODE FILE JSON`. */
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type CellValue, writeXlsxStream } from 'hucre'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { z } from 'zod'
import { closeDatabase } from '@/lib/db/client'
import { openReportReader } from '@/lib/db/report-reader'
import type { MemberActor } from '@/lib/domain/actor'
import { DEFAULT_REPORT_COLUMNS } from '@/lib/domain/report-columns'
import { exportReport } from '@/lib/reports/export-report'

const settingsSchema = z.object({
  universityId: z.string(),
  adminMemberId: z.string(),
  adminPersonId: z.string(),
  /** The report's query, for those that do not go through the app. */
  sql: z.string(),
  rows: z.number(),
})
type Settings = z.output<typeof settingsSchema>

const NUMBERS: readonly string[] = ['credit', 'sequence', 'items']
const COLUMNS = DEFAULT_REPORT_COLUMNS.map(({ key }) => (key === 'credit' ? { numFmt: '0.00' } : {}))
const SAMPLE_MS = 20
/** Where the writer gets rows from memory: this many, over and over. */
const ROWS_IN_MEMORY = 50_000

const [mode = '', file = '', json = '{}'] = process.argv.slice(2)
const settings = settingsSchema.parse(JSON.parse(json))
const work = {
  csv: () => ours('csv'),
  xlsx: () => ours('xlsx'),
  raw: rawWorkbook,
  memory: memoryWorkbook,
  copy: rawCopy,
}[mode]
if (!work) throw new Error(`no such mode: ${mode}`)
const pieces = await work()
// Code is loaded and compiled; what grows from here on is the export's.
global.gc?.()
const before = process.memoryUsage.rss()
let peak = before
const sampling = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, SAMPLE_MS)
const startedAt = performance.now()
await pipeline(pieces(), createWriteStream(file))
const seconds = (performance.now() - startedAt) / 1000
clearInterval(sampling)
await closeDatabase()
console.log(JSON.stringify({ seconds, growthMiB: (peak - before) / 1024 / 1024 }))
process.exit(0)

type Pieces = () => AsyncGenerator<Uint8Array>

/** The export of the app. A small one goes first, as in a server that has been running. */
async function ours(format: 'csv' | 'xlsx'): Promise<Pieces> {
  const { universityId, adminMemberId, adminPersonId } = settings
  const actor: MemberActor = {
    kind: 'member',
    personId: adminPersonId,
    memberId: adminMemberId,
    universityId,
    roles: ['admin'],
    reviewDepartmentIds: [],
  }
  const whole = async (input: Parameters<typeof exportReport>[1]) => (await exportReport(actor, input)).body
  for await (const _ of await whole({ format, to: '2026-09-01' }));
  return async function* () {
    yield* await whole({ format, encoding: 'utf-8' })
  }
}

/** The library's stream writer on the rows of the same query, read in the quickest way known, and nothing else. */
async function rawWorkbook(): Promise<Pieces> {
  const reader = await openReportReader({ universityId: settings.universityId, key: 'raw' })
  if (!reader) throw new Error('another reader is open')
  async function* source() {
    for await (const batch of reader?.rows(settings.sql) ?? []) yield* batch.map(withNumbers)
  }
  return async function* () {
    yield* writeXlsxStream(source(), { name: 'raw', columns: COLUMNS })
    await reader.close()
  }
}

/** The writer alone: no row is read. It is not the same rows, and has no target; it tells what reading costs. */
async function memoryWorkbook(): Promise<Pieces> {
  const client = await connect(settings)
  const { rows } = await client.query<CellValue[]>({
    text: `${settings.sql} limit ${ROWS_IN_MEMORY}`,
    rowMode: 'array',
  })
  await client.end()
  const numbered = rows.map(withNumbers)
  function* source() {
    for (let index = 0; index < settings.rows; index += 1) yield numbered[index % numbered.length] ?? []
  }
  return async function* () {
    yield* writeXlsxStream(source(), { name: 'raw', columns: COLUMNS })
  }
}

function withNumbers(cells: readonly CellValue[]): CellValue[] {
  return cells.map((cell, index) => (NUMBERS.includes(DEFAULT_REPORT_COLUMNS[index]?.key ?? '') ? Number(cell) : cell))
}

/** For machines without psql: what \copy does, in a few lines. */
async function rawCopy(): Promise<Pieces> {
  const client = await connect(settings)
  return async function* () {
    yield* client.query(copyTo(`copy (${settings.sql}) to stdout with (format csv)`))
    await client.end()
  }
}

async function connect({ universityId }: Settings): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  await client.query(`select set_config('app.university', $1, false)`, [universityId])
  return client
}
