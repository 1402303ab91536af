/**
 * `npm run -s bench -- pages [--json] [--contributions N] [--claims N] [--sessions N] [--requests N] [--only TEXT]`:
 * how long the server needs for every page of the app, against a page with the same layout and one read by primary key.
 * Twenty people ask for the same page at once; then twenty for the baseline, and so on in rounds over all pages, so that
 * whatever else the machine does meets both.
 */
import { parseArgs } from 'node:util'
import { closeDatabase } from '@/lib/db/client'
import { makeFolder } from '@/tests/setup/stack'
import { createTestDatabase } from '@/tests/setup/test-database'
import { type Answer, percentile, timeRequest } from './pages/measure'
import { listRoutes, type Places, type Route, requestFor, type Session } from './pages/routes'
import { seedWorld } from './pages/seed'
import { makePlaces, openSessions, serveApp } from './pages/serve'
import { type BenchMember, Dice } from './pages/world'

const TARGET_RATIO = 4
const WARM_UP_ROUNDS = 2
/** A baseline batch stands before every so many pages. */
const PAGES_A_BASELINE = 2

const BASELINE: Route = { path: '/bench-baseline', reader: 'admin' }

type Options = {
  contributions: number
  claims: number
  sessions: number
  requests: number
  only: string
  json: boolean
}

export default async function benchPages(args: string[]): Promise<void> {
  const options = readOptions(args)
  const say = (words: string) => console.error(words)
  const database = await createTestDatabase()
  const folder = makeFolder()
  say(`seeding ${options.contributions} contributions and ${options.claims} claims …`)
  const world = await seedWorld(database.superuserUrl, options)
  say('building and serving …')
  const app = await serveApp(database, folder)
  try {
    const sessions = await openSessions({ database, world, perRole: options.sessions })
    const places = await makePlaces(database, world, sessions.admin)
    const routes = listRoutes(process.cwd()).filter(({ path }) => path.includes(options.only))
    const bench = { origin: app.origin, sessions, places, dice: new Dice(23), say }
    report(await measure(bench, routes, Math.ceil(options.requests / options.sessions)), {
      options,
      world: places.world,
      say,
    })
  } finally {
    await app.stop()
    await closeDatabase()
    await database.drop()
  }
}

function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      contributions: { type: 'string', default: '100000' },
      claims: { type: 'string', default: '20000' },
      sessions: { type: 'string', default: '20' },
      requests: { type: 'string', default: '200' },
      only: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
    },
  })
  const number = (text: string, most: number) => Math.min(most, Math.max(1, Number.parseInt(text, 10) || 1))
  return {
    contributions: number(values.contributions, 1_000_000),
    claims: number(values.claims, 200_000),
    sessions: number(values.sessions, 50),
    requests: number(values.requests, 10_000),
    only: values.only,
    json: values.json,
  }
}

type Bench = {
  origin: string
  sessions: Record<BenchMember['role'], Session[]>
  places: Places
  dice: Dice
  say: (words: string) => void
}
type Answers = Map<string, Answer[]>

async function measure(bench: Bench, routes: readonly Route[], rounds: number): Promise<Answers> {
  const answers: Answers = new Map()
  // A page is slow the first times, when its code is read and made quick: that is the start of a server, not its work.
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
    for (const route of [BASELINE, ...routes]) await ask(bench, route, new Map())
  }
  for (let round = 0; round < rounds; round += 1) {
    const order = routes.map((route) => ({ route, place: bench.dice.roll() })).toSorted((a, b) => a.place - b.place)
    for (const [index, { route }] of order.entries()) {
      if (index % PAGES_A_BASELINE === 0) await ask(bench, BASELINE, answers)
      await ask(bench, route, answers)
    }
    bench.say(`round ${round + 1} of ${rounds}`)
  }
  return answers
}

/** Everybody who may read the page asks for it at once. */
async function ask(bench: Bench, route: Route, answers: Answers): Promise<void> {
  const readers = bench.sessions[route.reader === 'nobody' ? 'student' : route.reader]
  const requests = readers.map((session) => {
    const { path, cookie } = requestFor(route, { ...bench, session })
    const query = route === BASELINE ? `?id=${session.member.university.policyVersionId}` : ''
    return timeRequest(bench.origin, { path: `${path}${query}`, cookie })
  })
  answers.set(route.path, [...(answers.get(route.path) ?? []), ...(await Promise.all(requests))])
}

type Made = { options: Options; world: Places['world']; say: (words: string) => void }

function report(answers: Answers, { options, world, say }: Made): void {
  const p95Of = (path: string) =>
    percentile(
      (answers.get(path) ?? []).map(({ ms }) => ms),
      0.95,
    )
  const round = (value: number, step: number) => Math.round(value * step) / step
  const baselineP95Ms = p95Of(BASELINE.path)
  const rows = [...answers.keys()]
    .filter((path) => path !== BASELINE.path)
    .map((path) => ({
      path,
      p95Ms: p95Of(path),
      ratio: p95Of(path) / baselineP95Ms,
      ...detailsOf(answers.get(path) ?? []),
    }))
    .toSorted((a, b) => b.ratio - a.ratio)
  say(`\nbaseline p95 ${baselineP95Ms.toFixed(1)} ms`)
  for (const { path, p95Ms, ratio, p50Ms, kilobytes, failures } of rows) {
    const figures = `${p95Ms.toFixed(1).padStart(8)} ms  ×${ratio.toFixed(2).padStart(5)}  p50 ${p50Ms.toFixed(1)}  ${kilobytes} KB`
    say(`${ratio > TARGET_RATIO ? '✗' : ' '} ${path.padEnd(36)}${figures}${failures ? `  FAILED: ${failures}` : ''}`)
  }
  if (rows.some(({ failures }) => failures)) throw new Error('Some pages did not answer as they should.')
  const pages = Object.fromEntries(
    rows
      .toSorted((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ path, p95Ms, ratio }) => [path, { p95Ms: round(p95Ms, 10), ratio: round(ratio, 100) }]),
  )
  const line = {
    contributions: options.contributions,
    claims: world.claims.length,
    baselineP95Ms: round(baselineP95Ms, 10),
    pages,
  }
  console.log(JSON.stringify(line))
}

function detailsOf(answers: readonly Answer[]) {
  const failures = answers.flatMap(({ failure }) => failure ?? [])
  return {
    p50Ms: percentile(
      answers.map(({ ms }) => ms),
      0.5,
    ),
    kilobytes: Math.round(
      percentile(
        answers.map(({ bytes }) => bytes),
        0.95,
      ) / 1024,
    ),
    failures: failures.length > 0 ? `${failures.length} × ${failures[0]}` : '',
  }
}
