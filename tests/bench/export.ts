/**
 * `npm run -s bench -- export [--json] [--rows N] [--rounds N]`: the report over a large ledger, as CSV against psql's
 * \copy of the same query and as xlsx against the raw stream writer on the rows of the same query, each in a process of its
 * own, and how far memory grows. Said besides, without a target: the writer alone, on rows that are in memory already.
 */
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { z } from 'zod'
import { reportQuery } from '@/lib/db/report-query'
import { DEFAULT_REPORT_COLUMNS } from '@/lib/domain/report-columns'
import { reportFilterSchema } from '@/lib/reports/schema'
import { selectionOf } from '@/lib/reports/selection'
import { setAppEnv } from '@/tests/setup/app-env'
import { createTestDatabase } from '@/tests/setup/test-database'
import { type BenchUniversity, seedLedger } from './export/seed'

const TARGETS = { csvRatio: 1.5, csvGrowthMiB: 64, xlsxRatio: 1.2, xlsxGrowthMiB: 128 } as const

const run = promisify(execFile)
const say = (words: string) => console.error(words)
const measuredSchema = z.object({ seconds: z.number(), growthMiB: z.number() })
type Measured = z.output<typeof measuredSchema>

type Bench = { appUrl: string; folder: string; university: BenchUniversity; sql: string; rows: number }

export default async function benchExport(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      rows: { type: 'string', default: '1000000' },
      rounds: { type: 'string', default: '2' },
    },
  })
  const [rows, rounds] = [Number(values.rows), Number(values.rounds)]
  const database = await createTestDatabase()
  setAppEnv({ DATABASE_URL: database.appUrl })
  const folder = mkdtempSync(join(tmpdir(), 'yuanfen-bench-'))
  try {
    say(`seeding ${rows} ledger lines …`)
    const university = await seedLedger(database.superuserUrl, rows)
    const bench = { appUrl: database.appUrl, folder, university, sql: sqlOf(university), rows }
    report(await measure(bench, rounds), { rows, json: values.json })
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await database.drop()
  }
}

/** The whole report in the usual columns, as the app asks for it. */
function sqlOf({ universityId }: BenchUniversity): string {
  const timeZone = 'Asia/Shanghai'
  const selection = selectionOf(reportFilterSchema.parse({}), { universityId, timeZone })
  const columns = DEFAULT_REPORT_COLUMNS.map(({ key }) => key)
  return reportQuery(selection, { columns, style: { language: 'zh-CN', timeZone, universitySlug: 'bench' } })
}

const MODES = ['copy', 'csv', 'raw', 'xlsx', 'memory'] as const
type Results = Record<(typeof MODES)[number], Measured[]>

/** Turn by turn, so that whatever else the machine does meets all of them. */
async function measure(bench: Bench, rounds: number): Promise<Results> {
  const results: Results = { copy: [], csv: [], raw: [], xlsx: [], memory: [] }
  const hasPsql = spawnSync('psql', ['--version']).status === 0
  say(
    hasPsql
      ? 'CSV is measured against psql \\copy.'
      : 'There is no psql: CSV is measured against a bare COPY to a file.',
  )
  for (let round = 1; round <= rounds; round += 1) {
    for (const mode of MODES) {
      const measured = mode === 'copy' && hasPsql ? await psqlCopy(bench) : await inProcess(bench, mode)
      say(`round ${round}, ${mode}: ${measured.seconds.toFixed(1)} s, memory +${measured.growthMiB.toFixed(0)} MiB`)
      results[mode].push(measured)
    }
  }
  return results
}

async function psqlCopy({ appUrl, folder, university, sql }: Bench): Promise<Measured> {
  const command = `\\copy (${sql.replace(/\s*\n\s*/g, ' ')}) to '${join(folder, 'psql.csv')}' with (format csv)`
  const startedAt = performance.now()
  await run('psql', ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', `--command=${command}`, appUrl], {
    env: { ...process.env, PGOPTIONS: `-c app.university=${university.universityId}` },
  })
  return { seconds: (performance.now() - startedAt) / 1000, growthMiB: 0 }
}

async function inProcess({ folder, university, sql, rows }: Bench, mode: string): Promise<Measured> {
  const settings = JSON.stringify({ ...university, sql, rows })
  const program = join(import.meta.dirname, 'export/export-process.ts')
  const { stdout } = await run(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', program, mode, join(folder, mode), settings],
    { maxBuffer: 1_000_000 },
  )
  return measuredSchema.parse(JSON.parse(stdout))
}

/** What else runs on the machine only ever adds time: the quickest of each counts. Of memory the worst. */
function report(results: Results, { rows, json }: { rows: number; json: boolean }): void {
  const seconds = (of: Measured[]) => Math.min(...of.map((one) => one.seconds))
  const growth = (of: Measured[]) => Math.round(Math.max(...of.map(({ growthMiB }) => growthMiB)))
  const ratio = (of: Measured[], to: Measured[]) => Math.round((seconds(of) / seconds(to)) * 100) / 100
  const { copy, csv, raw, xlsx } = results
  const figures = {
    rows,
    csv: { ratioToCopy: ratio(csv, copy), growthMiB: growth(csv) },
    xlsx: { ratioToRaw: ratio(xlsx, raw), growthMiB: growth(xlsx) },
  }
  const line = (what: string, value: number, target: number) =>
    say(`${value <= target ? 'ok  ' : 'OVER'} ${what}: ${value} (at most ${target})`)
  line('CSV, times the time of \\copy', figures.csv.ratioToCopy, TARGETS.csvRatio)
  line('CSV, memory growth in MiB', figures.csv.growthMiB, TARGETS.csvGrowthMiB)
  line('xlsx, times the time of the raw writer', figures.xlsx.ratioToRaw, TARGETS.xlsxRatio)
  line('xlsx, memory growth in MiB', figures.xlsx.growthMiB, TARGETS.xlsxGrowthMiB)
  say(`     xlsx, times the time of the writer alone: ${ratio(xlsx, results.memory)}`)
  if (json) console.log(JSON.stringify(figures))
}
