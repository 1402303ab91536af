import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { takeLock } from '@/sandbox/demo/lock'
import { type Running, startPart } from '@/sandbox/demo/part'
import { requireFreePort } from '@/sandbox/demo/ports'
import { isRunning } from '@/sandbox/demo/processes'
import { Supervisor } from '@/sandbox/demo/supervisor'

const root = process.cwd()
const said = z.object({ database: z.number(), part: z.number(), url: z.string() })

let folder: string
let runners: ChildProcess[] = []
let pids: number[] = []

beforeEach(() => {
  // A space in the path, as on many a student's machine.
  folder = mkdtempSync(join(tmpdir(), 'yuanfen demo-'))
  chmodSync(folder, 0o711)
})

afterEach(async () => {
  for (const runner of runners) runner.kill('SIGKILL')
  await until(() => pids.every(isGone))
  runners = []
  pids = []
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
})

/** Starts the small demo and waits until its database and its part run. */
async function startRunner(): Promise<{ runner: ChildProcess } & z.infer<typeof said>> {
  const runner = spawn(process.execPath, ['--import', 'tsx', 'tests/integration/demo/runner-fixture.ts', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  runners.push(runner)
  const [line] = await once(runner.stdout, 'data')
  const told = said.parse(JSON.parse(String(line)))
  pids.push(told.database, told.part)
  return { runner, ...told }
}

async function until(holds: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it does not come to hold')
    await sleep(25)
  }
}

const isGone = (pid: number) => !isRunning(pid, '')

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('kill -9 of the runner leaves no process, and starting again finds the data', { timeout: 60_000 }, async () => {
  const first = await startRunner()
  await ask(first.url, 'create table kept as select 7 as n')
  first.runner.kill('SIGKILL')
  await until(() => isGone(first.part) && isGone(first.database))
  const second = await startRunner()
  expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }])
})

test('kill -9 of runner and watcher at once: the next start ends what is left', { timeout: 60_000 }, async () => {
  const first = await startRunner()
  await ask(first.url, 'create table kept as select 7 as n')
  const watcher = findWatcherOf(first.runner)
  process.kill(watcher, 'SIGSTOP')
  first.runner.kill('SIGKILL')
  process.kill(watcher, 'SIGKILL')
  await until(() => isGone(watcher))
  expect(isGone(first.part)).toBe(false)
  const second = await startRunner()
  expect([isGone(first.part), isGone(first.database)]).toEqual([true, true])
  expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }])
})

test('kill -9 of the database alone: a start on its stale pid file works', { timeout: 60_000 }, async () => {
  const first = await startRunner()
  await ask(first.url, 'create table kept as select 7 as n')
  process.kill(first.database, 'SIGKILL')
  first.runner.kill('SIGKILL')
  const second = await startRunner()
  expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }])
})

test('a second demo on the same folder is told about the first', { timeout: 30_000 }, async () => {
  const { runner } = await startRunner()
  await expect(takeLock(folder, root)).rejects.toThrow(`already (process ${runner.pid})`)
})

test('what ends is started again, and given up when it ends again and again', { timeout: 30_000 }, async () => {
  const news: string[] = []
  const started: Running[] = []
  const supervisor = new Supervisor({
    onRestart: (words) => news.push(words),
    onGiveUp: (words) => news.push(`gave up: ${words}`),
  })
  const start = async () => {
    const args = ['-e', 'setInterval(() => {}, 1000)']
    const part = startPart({ root, args, env: process.env, logFile: join(folder, 'part.log') })
    started.push(part)
    return part
  }
  await supervisor.keep('worker', start)
  for (let kills = 1; kills <= 4; kills++) {
    process.kill(started.at(-1)?.pid ?? 0, 'SIGKILL')
    await until(() => news.length === kills)
  }
  await supervisor.stop()
  expect(news.slice(0, 3)).toEqual(Array(3).fill('worker ended (SIGKILL) and was started again'))
  expect(news[3]).toBe('gave up: worker ended 4 times within a minute (SIGKILL)')
  expect(started.filter((part) => !isGone(part.pid))).toEqual([])
})

test('a port in use is said with the variable that changes it', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await expect(requireFreePort(port, 'SANDBOX_PORT')).rejects.toThrow(`Port ${port} is in use`)
  await expect(requireFreePort(port, 'SANDBOX_PORT')).rejects.toThrow('SANDBOX_PORT=')
  server.close()
})

/** The watcher is the runner's child that runs watcher-main. */
function findWatcherOf(runner: ChildProcess): number {
  const children = readFileSync(`/proc/${runner.pid}/task/${runner.pid}/children`, 'utf8').trim().split(' ').map(Number)
  const watcher = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('watcher-main'))
  if (watcher === undefined) throw new Error('the runner has no watcher')
  return watcher
}
