import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { previewRoster } from '@/lib/people/preview-roster'
import { buildIfChanged, nextScript } from '@/sandbox/demo/build'
import { startPart, waitForAnswer } from '@/sandbox/demo/part'
import { findFreePort } from '@/scripts/postgres/server'
import { setAppEnv } from '@/tests/setup/app-env'
import { type SignedIn, signInAs } from '@/tests/setup/sign-in'
import type { TestDatabase } from '@/tests/setup/test-database'
import type { Places, Session } from './routes'
import type { BenchMember, BenchWorld } from './world'

/** A folder of its own: this build has a page that no other one has. */
const DIST_DIR = '.next-bench'

export type Served = { origin: string; stop: () => Promise<void> }

/** The production build over a seeded database, as `npm start` serves it. */
export async function serveApp(database: TestDatabase, logFolder: string): Promise<Served> {
  const port = await findFreePort()
  const origin = `http://localhost:${port}`
  process.env.BENCH_PAGES = '1'
  setAppEnv({ DATABASE_URL: database.appUrl, APP_URL: origin, PORT: String(port), LOG_LEVEL: 'warn' })
  const root = process.cwd()
  await buildIfChanged({ root, distDir: DIST_DIR, logFile: join(logFolder, 'build.log') }, () => {})
  const web = startPart({
    root,
    args: [nextScript(root), 'start', '--hostname', 'localhost', '--port', String(port)],
    env: { ...process.env, NODE_ENV: 'production', NEXT_DIST_DIR: DIST_DIR, NEXT_TELEMETRY_DISABLED: '1' },
    logFile: join(logFolder, 'web.log'),
  })
  await waitForAnswer(`${origin}/signed-out`, web, 60_000)
  return { origin, stop: web.stop }
}

type Wanted = { database: TestDatabase; world: BenchWorld; perRole: number }

/** As many people of each role as read at once, at both universities, each with something to see. */
export async function openSessions({
  database,
  world,
  perRole,
}: Wanted): Promise<Record<BenchMember['role'], Session[]>> {
  const client = new pg.Client({ connectionString: database.superuserUrl })
  await client.connect()
  const open = async (role: BenchMember['role']): Promise<Session[]> => {
    const sessions: Session[] = []
    for (const member of chooseMembers(world, role, perRole)) {
      const who = { universitySlug: member.university.slug, number: member.number }
      const signedIn = await signInAs(database.superuserUrl, who)
      sessions.push(await sessionOf(client, member, signedIn))
    }
    return sessions
  }
  try {
    return { student: await open('student'), reviewer: await open('reviewer'), admin: await open('admin') }
  } finally {
    await client.end()
  }
}

/** Students whose claims stand in all states that a page of theirs may want, evenly over those who read little and much. */
function chooseMembers(world: BenchWorld, role: BenchMember['role'], count: number): BenchMember[] {
  const statesOf = Map.groupBy(world.claims, ({ owner }) => owner)
  const isFit = (member: BenchMember) => {
    const states = statesOf.get(member)?.map(({ state }) => state) ?? []
    return role !== 'student' || (states.includes('draft') && states.includes('approved'))
  }
  const fit = world.members.filter((member) => member.role === role && isFit(member))
  if (fit.length === 0) throw new Error(`nobody is there to read as ${role}`)
  return Array.from({ length: count }, (_, index) => fit[Math.floor((index * fit.length) / count)]).flatMap(
    (member) => member ?? [],
  )
}

async function sessionOf(client: pg.Client, member: BenchMember, signedIn: SignedIn): Promise<Session> {
  const { rows } = await client.query('select id from session where token_hash = $1', [
    createHash('sha256').update(signedIn.token).digest('hex'),
  ])
  const sessionId = z.tuple([z.object({ id: z.uuid() })]).parse(rows)[0].id
  const linkAttemptId = randomUUID()
  const identity = { platformUserId: '990001', nodeId: null, login: 'somebody', name: null, avatarUrl: null }
  await client.query(
    `insert into link_attempt (id, state_hash, person_id, university_id, session_id, platform, expires_at, consumed_at,
       identity, token_sealed) values ($1, $2, $3, $4, $5, 'github', now() + interval '1 day', now(), $6, 'nothing')`,
    [linkAttemptId, linkAttemptId, member.personId, member.university.id, sessionId, JSON.stringify(identity)],
  )
  return { member, signedIn, sessionId, linkAttemptId }
}

/** A roster of a thousand lines that an admin looks at, and the filings, by university. */
export async function makePlaces(
  database: TestDatabase,
  world: BenchWorld,
  admins: readonly Session[],
): Promise<Places> {
  const rosterImports = new Map<string, string>()
  for (const { id } of world.universities) {
    const actor = admins.find(({ member }) => member.university.id === id)?.signedIn.actor
    const lines = Array.from({ length: 1000 }, (_, line) => `0${330_000_000 + line},新生${line},软件学院,软件工程,2401`)
    const bytes = new TextEncoder().encode(`学号,姓名,学院,专业,班级\n${lines.join('\n')}\n`)
    if (!actor) continue
    const { importId } = await previewRoster(actor, { fileName: 'roster.csv', bytes }, { now: new Date() })
    rosterImports.set(id, importId)
  }
  const client = new pg.Client({ connectionString: database.superuserUrl })
  await client.connect()
  const { rows } = await client.query('select university_id, id from filing')
  await client.end()
  const filings = Map.groupBy(
    z.array(z.object({ university_id: z.string(), id: z.string() })).parse(rows),
    (row) => row.university_id,
  )
  return {
    world,
    rosterImports,
    filings: new Map([...filings].map(([universityId, found]) => [universityId, found.map(({ id }) => id)])),
  }
}
