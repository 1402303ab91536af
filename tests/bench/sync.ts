/**
 * `npm run -s bench -- sync [--json] [--accounts N] [--repositories N] [--students N] [--rows N] [--only PART]`: what finding
 * contributions costs in requests and points, against the sandbox with its accounting, and what writing them costs the
 * database, against COPY. Each part runs in a process of its own, the sandbox in another.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { RepositoryFigures } from './sync/by-repository'
import type { IngestFigures } from './sync/ingest'
import type { NightlyFigures } from './sync/nightly'

const PARTS = ['nightly', 'byRepository', 'ingest'] as const
type Part = (typeof PARTS)[number]
type Sizes = { accounts: number; repositories: number; students: number; rows: number }
type Figures = Partial<NightlyFigures> & { byRepository?: RepositoryFigures; ingest?: IngestFigures }

/** As `npm run worker` runs: what a night needs is little, and garbage is not kept because there is room for it. */
const WORKER_FLAGS = ['--max-semi-space-size=16', '--max-old-space-size=512']

const say = (words: string) => console.error(words)

export default async function benchSync(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      accounts: { type: 'string', default: '10000' },
      repositories: { type: 'string', default: '200' },
      students: { type: 'string', default: '100000' },
      rows: { type: 'string', default: '1000000' },
      only: { type: 'string' },
    },
  })
  const sizes = {
    accounts: Number(values.accounts),
    repositories: Number(values.repositories),
    students: Number(values.students),
    rows: Number(values.rows),
  }
  const figures: Figures = {}
  for (const part of PARTS.filter((one) => values.only === undefined || one === values.only)) {
    say(`${part} …`)
    const measured: unknown = JSON.parse(await runPart(part, sizes))
    // A part prints what its own type says.
    Object.assign(figures, part === 'nightly' ? measured : { [part]: measured })
  }
  compare(figures)
  if (values.json) console.log(JSON.stringify(figures))
}

/** The last line of what the part prints; what it says on the way goes through. */
function runPart(part: Part, sizes: Sizes): Promise<string> {
  const program = join(import.meta.dirname, 'sync/part-process.ts')
  const child = spawn(process.execPath, [...WORKER_FLAGS, '--import', 'tsx', program, part, JSON.stringify(sizes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString('utf8')
  })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      const last = printed.trim().split('\n').at(-1)
      if (code === 0 && last) resolve(last)
      else reject(new Error(`${part} ended with ${code}`))
    })
  })
}

/** Against what was promised; see docs/scaling.md. */
function compare({ nightly, baseline, firstSync, byRepository, ingest }: Figures): void {
  const line = (what: string, value: number, target: number) =>
    say(`${value <= target ? 'ok  ' : 'OVER'} ${what}: ${value} (at most ${target})`)
  if (nightly && baseline) {
    const { accounts, newContributions, requests, points } = nightly
    const allowed = Math.ceil(accounts / 80) + Math.ceil(newContributions / 50)
    line(`requests of a night of ${accounts} accounts`, requests, allowed)
    line('points of it', points, allowed)
    line('requests, against the baseline', requests, Math.floor(baseline.requests / 60))
  }
  if (firstSync) line('requests of a first sync', firstSync.requests, Math.ceil(firstSync.pullRequests / 100) + 2)
  if (byRepository) {
    line('requests of unchanged repositories', byRepository.unchangedRequests, byRepository.repositories)
    line('with many students', byRepository.requestsAt100000Students, byRepository.requestsAt100Students)
  }
  if (ingest) {
    line('database time, times COPY', ingest.ratioToCopy, 4)
    line('resident memory in MiB', ingest.peakRssMiB, 400)
    line('slowest growing statement, times', ingest.slowdownAtMillion, 2)
  }
}
