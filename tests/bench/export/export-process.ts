/** One export in a process of its own, so that its memory is nobody else's: `export-process.ts MODE FILE JSON`. */
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type CellValue, writeXlsxStream } from 'hucre'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { z } from 'zod'
import { closeDatabase } from '@/lib/db/client'
import type { MemberActor } from '@/lib/domain/actor'
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

const SAMPLE_MS = 20
/** The raw writer gets rows from memory, this many, over and over: reading them is not what it is measured by. */
const ROWS_IN_MEMORY = 50_000

const [mode = '', file = '', json = '{}'] = process.argv.slice(2)
const settings = settingsSchema.parse(JSON.parse(json))
const work = { csv: () => ours('csv'), xlsx: () => ours('xlsx'), raw: rawWorkbook, copy: rawCopy }[mode]
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

async function rawWorkbook(): Promise<Pieces> {
  const client = await connect(settings)
  const { rows } = await client.query<CellValue[]>({
    text: `${settings.sql} limit ${ROWS_IN_MEMORY}`,
    rowMode: 'array',
  })
  await client.end()
  for (const row of rows) row[8] = Number(row[8])
  for (const row of rows) row[13] = Number(row[13])
  const width = rows[0]?.length ?? 0
  const columns = Array.from({ length: width }, (_, index) => (index === 8 ? { numFmt: '0.00' } : {}))
  function* source() {
    for (let index = 0; index < settings.rows; index += 1) yield rows[index % rows.length] ?? []
  }
  return async function* () {
    yield* writeXlsxStream(source(), { name: 'raw', columns })
  }
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
