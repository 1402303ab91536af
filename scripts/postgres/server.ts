import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { findPrograms, type PostgresPrograms, placeForData } from '@/scripts/postgres/binaries'
import { forgetProcess, watchProcess } from '@/scripts/process/watcher'

export interface PostgresOptions {
  /** Folder of the cluster; made when it is not there. */
  readonly dataDir: string
  readonly port: number
  readonly superuserPassword: string
  /** False only for throw-away servers: no flush to disk, so a power cut may lose everything. */
  readonly durable: boolean
  readonly logFile: string
  /** More of PostgreSQL's own settings; a benchmark wants its statement statistics. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface PostgresServer {
  readonly port: number
  readonly pid: number
  readonly process: ChildProcess
  /** Where the cluster really is; see `placeForData`. */
  readonly dataDir: string
  readonly superuserUrl: (database?: string) => string
  readonly stop: () => Promise<void>
}

const READY_WITHIN_MS = 30_000

/** Starts a PostgreSQL of our own on loopback and waits until it answers. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const programs = findPrograms()
  const dataDir = placeForData(options.dataDir, programs.runAs)
  if (!existsSync(join(dataDir, 'PG_VERSION'))) initialise(programs, dataDir, options)
  await stopLeftover(dataDir)
  const child = await launch(programs, dataDir, options)
  const superuserUrl = (database = 'postgres') =>
    databaseUrl({ user: 'postgres', password: options.superuserPassword, port: options.port, database })
  await waitUntilReady(child, superuserUrl(), options.logFile)
  if (child.pid === undefined) throw new Error('PostgreSQL did not start')
  return { port: options.port, pid: child.pid, process: child, dataDir, superuserUrl, stop: () => stopChild(child) }
}

/** The connection address of a database on our loopback server. */
export function databaseUrl(parts: { user: string; password: string; port: number; database: string }): string {
  return `postgresql://${parts.user}:${encodeURIComponent(parts.password)}@127.0.0.1:${parts.port}/${parts.database}`
}

/** A TCP port on loopback that nobody listens on now. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port')),
      )
    })
  })
}

/** The pid of the server that a cluster's postmaster.pid names, if that process lives and is PostgreSQL. */
export function findRunningPid(dataDir: string): number | null {
  const file = join(dataDir, 'postmaster.pid')
  if (!existsSync(file)) return null
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  return Number.isInteger(pid) && pid > 1 && commandOf(pid).includes(dataDir) ? pid : null
}

/** Initialises beside the final place and moves it there, so that a start killed half-way leaves no half cluster. */
function initialise(programs: PostgresPrograms, dataDir: string, options: PostgresOptions) {
  const half = `${dataDir}.half`
  const passwordFile = `${dataDir}.password`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { recursive: true, mode: 0o700 })
  writeFileSync(passwordFile, options.superuserPassword, { mode: 0o600 })
  for (const path of [half, passwordFile]) own(path, programs)
  const flags = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  if (!options.durable) flags.push('--no-sync')
  const done = spawnSync(
    programs.initdb,
    [`--pgdata=${half}`, '--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, ...flags],
    { ...programs.runAs, cwd: half, env: cleanEnvironment(), encoding: 'utf8' },
  )
  rmSync(passwordFile, { force: true })
  if (done.status !== 0) throw new Error(`initdb failed: ${done.stderr || done.error?.message}`)
  rmSync(dataDir, { recursive: true, force: true })
  renameSync(half, dataDir)
}

function own(path: string, { runAs }: PostgresPrograms) {
  if (runAs.uid !== undefined && runAs.gid !== undefined) chownSync(path, runAs.uid, runAs.gid)
}

/** PG* variables of the caller's shell must not reach the server. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && name !== 'NODE_OPTIONS')
  return { ...Object.fromEntries(kept), LC_ALL: 'C', NODE_ENV: process.env.NODE_ENV }
}

/** After a kill -9 of everything but the server it still runs: it is asked to end before another starts. */
async function stopLeftover(dataDir: string) {
  const pid = findRunningPid(dataDir)
  if (pid === null) return
  process.kill(pid, 'SIGINT')
  const until = Date.now() + 20_000
  while (commandOf(pid) !== '') {
    if (Date.now() > until) process.kill(pid, 'SIGQUIT')
    await sleep(50)
  }
}

/**
 * Starts the server. A postmaster killed with -9 leaves children that need a moment to notice, and a pid file
 * whose pid may belong to a stranger by now: the first is waited for, the second removed once it is sure.
 */
async function launch(programs: PostgresPrograms, dataDir: string, options: PostgresOptions): Promise<ChildProcess> {
  mkdirSync(dirname(options.logFile), { recursive: true })
  for (let attempt = 1; ; attempt++) {
    const log = openSync(options.logFile, 'a')
    const child = spawn(programs.postgres, serverArguments(dataDir, options), {
      ...programs.runAs,
      cwd: dataDir,
      env: cleanEnvironment(),
      detached: true,
      stdio: ['ignore', log, log],
    })
    if (child.pid !== undefined) watchUntilExit(child, child.pid)
    const early = await Promise.race([
      once(child),
      sleep(attempt === 1 && !existsSync(join(dataDir, 'postmaster.pid')) ? 0 : 400),
    ])
    if (early === undefined) return child
    if (attempt === 20) throw new Error(`PostgreSQL does not start; see ${options.logFile}\n${tail(options.logFile)}`)
    if (tail(options.logFile).includes('lock file') && findRunningPid(dataDir) === null) {
      rmSync(join(dataDir, 'postmaster.pid'), { force: true })
    }
    await sleep(300)
  }
}

function watchUntilExit(child: ChildProcess, pid: number) {
  watchProcess(pid, 'SIGINT')
  child.once('exit', () => forgetProcess(pid))
}

function serverArguments(dataDir: string, options: PostgresOptions): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    ...(options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'on' }),
    ...options.settings,
  }
  return ['-D', dataDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

async function waitUntilReady(child: ChildProcess, url: string, logFile: string) {
  const until = Date.now() + READY_WITHIN_MS
  while (Date.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null) break
    if (await answers(url)) return
    await sleep(40)
  }
  await stopChild(child)
  throw new Error(`PostgreSQL did not answer; see ${logFile}\n${tail(logFile)}`)
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** Fast shutdown (SIGINT): sessions are ended, everything is written; then harder, so that stop always ends. */
async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child)
  child.kill('SIGINT')
  if (await Promise.race([ended.then(() => true), sleep(15_000, false, { ref: false })])) return
  child.kill('SIGQUIT')
  await ended
}

function once(child: ChildProcess): Promise<string> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve('exited')
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve(`exited ${code ?? signal}`)))
}

function commandOf(pid: number): string {
  const proc = `/proc/${pid}/cmdline`
  if (existsSync('/proc/self')) return existsSync(proc) ? readQuietly(proc) : ''
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? ''
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function tail(logFile: string): string {
  return readQuietly(logFile).split('\n').slice(-8).join('\n')
}
