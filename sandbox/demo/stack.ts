import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildIfChanged, nextScript } from '@/sandbox/demo/build'
import { chooseDatabasePort, prepareDatabase, startDatabase } from '@/sandbox/demo/database'
import { addressesOf, demoEnvironment } from '@/sandbox/demo/environment'
import { type Running, runPart, startPart, waitForAnswer } from '@/sandbox/demo/part'
import { requireFreePort } from '@/sandbox/demo/ports'
import { Supervisor, type SupervisorNews } from '@/sandbox/demo/supervisor'
import { loadDemoSecrets } from '@/scripts/demo/secrets'

export interface StackOptions extends SupervisorNews {
  /** Root of the project. */
  readonly root: string
  readonly dataDir: string
  readonly port: number
  readonly sandboxPort: number
  /** Folder of the build below `root`. */
  readonly distDir: string
  /** False for throw-away data only. */
  readonly durable: boolean
  /** Further variables for all parts. */
  readonly env?: Readonly<Record<string, string>>
  /** Called as each step is done. */
  readonly onStep: (words: string) => void
}

export interface Stack {
  readonly appUrl: string
  readonly sandboxUrl: string
  /** All that the parts have in their environment, for commands and tests beside them. */
  readonly env: Readonly<Record<string, string>>
  readonly pids: () => Record<string, number>
  readonly stop: () => Promise<void>
}

/** A stack that may still be starting: `stop` works at any time, and `ready` then rejects. */
export interface StartingStack {
  readonly ready: Promise<Stack>
  readonly stop: () => Promise<void>
}

/** Everything on one machine: database, sandbox, worker and the built web app. */
export function startStack(options: StackOptions): StartingStack {
  const supervisor = new Supervisor(options)
  return { ready: bringUp(options, supervisor), stop: () => supervisor.stop() }
}

async function bringUp(options: StackOptions, supervisor: Supervisor): Promise<Stack> {
  await requireFreePort(options.port, 'PORT')
  await requireFreePort(options.sandboxPort, 'SANDBOX_PORT')
  const database = { dataDir: options.dataDir, secrets: loadDemoSecrets(options.dataDir), durable: options.durable }
  const databasePort = await chooseDatabasePort(database)
  const addresses = addressesOf(options)
  const env = {
    ...demoEnvironment(database.secrets, { ...options, databasePort }),
    DATA_DIR: options.dataDir,
    ...options.env,
  }
  await supervisor.keep('database', () => startDatabase(database, databasePort))
  options.onStep(`PostgreSQL answers on 127.0.0.1:${databasePort}`)
  // The build takes the longest by far: the rest comes up beside it.
  const building = buildWeb(options, supervisor)
  building.catch(() => {})
  const applied = await prepareDatabase(database, databasePort)
  options.onStep(applied.length > 0 ? `${applied.length} migrations applied` : 'no new migrations')
  const serving = serveWhenBuilt(building, options, { supervisor, env })
  serving.catch(() => {})
  const whenSandboxAnswers = (part: Running) => waitForAnswer(`${addresses.sandbox}/_sandbox/`, part, 60_000)
  await supervisor.keep('sandbox', async () => startSandbox(options, env), whenSandboxAnswers)
  options.onStep(`sandbox answers on ${addresses.sandbox}`)
  // The rosters of the demo hold the sandbox's people: it has to answer first.
  await seed(options, supervisor, env)
  await supervisor.keep('worker', async () =>
    startNode(options, 'worker', ['--import', 'tsx', 'lib/worker/main.ts'], env),
  )
  options.onStep('worker started')
  await serving
  return {
    appUrl: addresses.app,
    sandboxUrl: addresses.sandbox,
    env,
    pids: () => supervisor.pids(),
    stop: () => supervisor.stop(),
  }
}

async function buildWeb(options: StackOptions, supervisor: Supervisor): Promise<void> {
  const built = await buildIfChanged(
    { root: options.root, distDir: options.distDir, logFile: join(options.dataDir, 'logs/build.log') },
    (part) => supervisor.accompany('build', part),
  )
  options.onStep(built ? 'web app built' : 'web app is built already')
}

/** The web app needs the database only: it starts beside sandbox and seed. */
async function serveWhenBuilt(
  building: Promise<void>,
  options: StackOptions,
  { supervisor, env }: { supervisor: Supervisor; env: Record<string, string> },
): Promise<void> {
  await building
  const { app } = addressesOf(options)
  const whenAnswers = (part: Running) => waitForAnswer(`${app}/api/health`, part, 60_000)
  await supervisor.keep('web', async () => startWeb(options, env), whenAnswers)
  options.onStep(`web app answers on ${app}`)
}

async function seed(options: StackOptions, supervisor: Supervisor, env: Record<string, string>): Promise<void> {
  if (!existsSync(join(options.root, 'prisma/seed.ts'))) return
  const part = partOptions(options, 'seed', ['--import', 'tsx', 'prisma/seed.ts'], env)
  await runPart(part, (running) => supervisor.accompany('seed', running))
  options.onStep('universities, people and catalog are there')
}

function startSandbox(options: StackOptions, env: Record<string, string>): Running {
  return startNode(options, 'sandbox', ['--import', 'tsx', 'sandbox/start.ts'], env)
}

function startWeb(options: StackOptions, env: Record<string, string>): Running {
  const args = [nextScript(options.root), 'start', '--hostname', 'localhost', '--port', String(options.port)]
  return startNode(options, 'web', args, { ...env, NEXT_DIST_DIR: options.distDir })
}

function startNode(options: StackOptions, name: string, args: string[], env: Record<string, string>): Running {
  return startPart(partOptions(options, name, args, env))
}

function partOptions(options: StackOptions, name: string, args: string[], env: Record<string, string>) {
  return {
    root: options.root,
    args,
    env: { ...process.env, ...env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' },
    logFile: join(options.dataDir, 'logs', `${name}.log`),
  }
}
