import { closeDatabase } from '@/lib/db/client'
import { withScope } from '@/lib/db/scope'
import { MERGED } from '@/lib/domain/landing-rule'
import type { CompletedPullRequest } from '@/lib/platforms/port'
import { writeFacts } from '@/lib/sync/apply-ingest'
import { createWorld } from '@/sandbox/world'
import { FIRST_BULK_ACCOUNT } from '@/sandbox/world/bulk/people'
import type { World } from '@/sandbox/world/types'
import {
  beginWindow,
  openBenchDatabase,
  readStatements,
  resetStatements,
  type StatementTimes,
  saySizes,
  sayStatements,
  totalMsOf,
} from './bench-database'
import { seenOf } from './world-rows'

/** As many rows a transaction as a night writes. */
const ROWS_AT_ONCE = 500
/** Where the statements' times at the beginning, and at the end, are taken. */
const WINDOW = 10_000
/** After so many rows COPY takes its turn. */
const SLICE = 20_000
/** A statement that takes less than this a call is noise. */
const LEAST_MS = 0.05

export type IngestFigures = { rows: number; ratioToCopy: number; peakRssMiB: number; slowdownAtMillion: number }
type Say = (words: string) => void

/**
 * Writes a big world's contributions as a night writes them, account by account, and compares the database's time with that
 * of COPY of the same rows into a table with the same indexes.
 */
export async function benchIngest(rows: number, say: Say): Promise<IngestFigures> {
  const database = await openBenchDatabase()
  try {
    const world = createWorld({ peopleCount: Math.max(1000, Math.ceil(rows / 10)), pullRequestCount: rows + 2000 })
    await resetStatements(database.client)
    const copy = await CopyBesides.open(database.client)
    const watch = { peakRssMiB: 0, third: [0, 0, 0], early: new Map() as StatementTimes }
    const startedAt = performance.now()
    let written = 0
    for (const batch of batchesOf(world, rows)) {
      await withScope({}, (tx) =>
        writeFacts(tx, { write: batch, unchanged: [], skipped: [], rules: rulesOf(batch) }, new Date()),
      )
      const before = written
      written += batch.length
      const rss = process.memoryUsage().rss / 2 ** 20
      watch.peakRssMiB = Math.max(watch.peakRssMiB, rss)
      const third = Math.min(2, Math.floor((3 * written) / rows))
      watch.third[third] = Math.max(watch.third[third] ?? 0, rss)
      if (Math.floor(before / SLICE) !== Math.floor(written / SLICE)) await copy.takeSlice()
      if (before < WINDOW && written >= WINDOW) await beginWindow(database.client)
      if (before < 2 * WINDOW && written >= 2 * WINDOW) watch.early = await readStatements(database.client)
      if (before < rows - WINDOW && written >= rows - WINDOW) await beginWindow(database.client)
      if (Math.floor(before / 100_000) !== Math.floor(written / 100_000)) {
        say(`  ${written} rows, ${((performance.now() - startedAt) / 1000).toFixed(0)} s, ${rss.toFixed(0)} MiB`)
      }
    }
    const seconds = (performance.now() - startedAt) / 1000
    const all = await readStatements(database.client)
    const ourMs = totalMsOf(all)
    sayStatements(all, say)
    await copy.takeSlice()
    const copyMs = await copy.totalMs()
    await saySizes(database.client, ['contribution', 'work', 'work_key'], say)
    const slowdown = slowdownOf({ early: watch.early, late: all }, say)
    say(
      `  ${written} rows in ${seconds.toFixed(0)} s; database ${(ourMs / 1000).toFixed(1)} s, COPY ${(copyMs / 1000).toFixed(1)} s; ` +
        `memory by thirds ${watch.third.map((one) => one.toFixed(0)).join(', ')} MiB`,
    )
    return {
      rows: written,
      ratioToCopy: Math.round((ourMs / copyMs) * 100) / 100,
      peakRssMiB: Math.round(watch.peakRssMiB),
      slowdownAtMillion: Math.round(slowdown * 100) / 100,
    }
  } finally {
    await closeDatabase()
    await database.close()
  }
}

/** GitHub's accounts one after the other, a few hundred rows together, until there are enough. */
function* batchesOf(world: World, rows: number): Generator<CompletedPullRequest[]> {
  let batch: CompletedPullRequest[] = []
  let left = rows
  for (const platform of ['github', 'gitee', 'gitcode'] as const) {
    for (let index = 0; left > 0; index += 1) {
      const authorId = FIRST_BULK_ACCOUNT[platform] + index
      if (!world.findAccount(platform, authorId)) break
      const list = world.listPullRequests({ platform, authorId })
      for (let at = 0; at < list.length && left > 0; at += 1) {
        const pull = list.at(at)
        if (!pull) continue
        batch.push(seenOf(world, pull))
        left -= 1
        if (batch.length < ROWS_AT_ONCE) continue
        yield batch
        batch = []
      }
    }
    if (batch.length > 0) yield batch
    batch = []
  }
}

function rulesOf(batch: readonly CompletedPullRequest[]) {
  return new Map(batch.map(({ pullRequest }) => [pullRequest.repository.platformRepositoryId, MERGED]))
}

type Client = Awaited<ReturnType<typeof openBenchDatabase>>['client']

/**
 * COPY of the same rows into a table with the same indexes, a slice at a time as they are written: whatever else the machine
 * does meets both, and both tables grow alike.
 */
class CopyBesides {
  readonly #client: Client
  #after = '00000000-0000-0000-0000-000000000000'

  private constructor(client: Client) {
    this.#client = client
  }

  static async open(client: Client): Promise<CopyBesides> {
    await client.query('create table contribution_copy (like contribution including defaults including indexes)')
    return new CopyBesides(client)
  }

  async takeSlice(): Promise<void> {
    const client = this.#client
    const { rows } = await client.query<{ last: string | null; file: string }>(
      `select (select id::text from contribution order by id desc limit 1) as last,
              current_setting('data_directory') || '/bench.copy' as file`,
    )
    const file = client.escapeLiteral(rows[0]?.file ?? '')
    await client.query(
      `copy (select * from contribution where id > ${client.escapeLiteral(this.#after)} order by ctid) to ${file}`,
    )
    await client.query(`copy contribution_copy from ${file}`)
    this.#after = rows[0]?.last ?? this.#after
  }

  async totalMs(): Promise<number> {
    const { rows } = await this.#client.query<{ total: number }>(
      `select sum(total_exec_time) as total from pg_stat_statements where query ilike 'copy contribution_copy%'`,
    )
    return rows[0]?.total ?? 0
  }
}

type Windows = { early: StatementTimes; late: StatementTimes }

/**
 * Each statement's quickest call of the last ten thousand rows against that of the ten thousand before the twentieth: what
 * else runs on the machine only ever adds time. The worst of all.
 */
function slowdownOf({ early, late }: Windows, say: Say): number {
  let worst = 1
  for (const [id, after] of late) {
    const before = early.get(id)
    if (!before || after.calls === before.calls || Math.max(before.leastMs, after.leastMs) < LEAST_MS) continue
    const ratio = after.leastMs / before.leastMs
    if (ratio > 1.5) {
      const query = after.query.replace(/\s+/g, ' ').slice(0, 90)
      say(`  slower: ${before.leastMs.toFixed(2)} → ${after.leastMs.toFixed(2)} ms  ${query}`)
    }
    worst = Math.max(worst, ratio)
  }
  return worst
}
