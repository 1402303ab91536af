import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, openSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { forgetProcess, watchProcess } from '@/scripts/process/watcher'

/** A process that can end by itself, and be ended. */
export interface Running {
  readonly pid: number
  /** Resolves with how it ended: "code 1" or "SIGKILL". */
  readonly exited: Promise<string>
  readonly stop: () => Promise<void>
}

export interface PartOptions {
  readonly root: string
  /** Arguments of Node: options, script, its arguments. */
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly logFile: string
}

const GRACE_MS = 8_000
const MOST_LOG_BYTES = 10_000_000

/**
 * Starts a Node process of ours in a group of its own: Ctrl-C reaches only the runner, which ends its parts in order,
 * and should the runner be killed the watcher ends them.
 */
export function startPart(options: PartOptions): Running {
  const log = openLog(options.logFile)
  const child = spawn(process.execPath, [...options.args], {
    cwd: options.root,
    env: options.env,
    detached: true,
    stdio: ['ignore', log, log],
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${options.args.join(' ')} does not start`)
  watchProcess(pid)
  const exited = whenExited(child)
  exited.then(() => forgetProcess(pid))
  return { pid, exited, stop: () => stopGroup(pid, exited) }
}

/** Runs a process to its end. @throws Error with the end of its log when it fails */
export async function runPart(options: PartOptions, onStart: (part: Running) => void): Promise<void> {
  const part = startPart(options)
  onStart(part)
  const ending = await part.exited
  if (ending !== 'code 0')
    throw new Error(`It ended with ${ending}; ${options.logFile} says:\n${logTail(options.logFile)}`)
}

export function whenExited(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`))
    child.once('error', (error) => resolve(error.message))
  })
}

/** Waits until an address answers anything. @returns its status */
export async function waitForAnswer(url: string, running: Running, withinMs: number): Promise<number> {
  const until = Date.now() + withinMs
  let ending: string | null = null
  running.exited.then((how) => {
    ending = how
  })
  while (Date.now() < until && ending === null) {
    const status = await statusOf(url)
    if (status !== null) return status
    await sleep(60)
  }
  throw new Error(ending === null ? `${url} does not answer` : `it ended with ${ending}`)
}

/** The last lines of a log, for whoever must find out why. */
export function logTail(file: string, lines = 15): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
}

async function statusOf(url: string): Promise<number | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'manual' })
    await response.body?.cancel()
    return response.status
  } catch {
    return null
  }
}

async function stopGroup(pid: number, exited: Promise<string>): Promise<void> {
  const ended = exited.then(() => true)
  signalGroup(pid, 'SIGTERM')
  if (await Promise.race([ended, sleep(GRACE_MS, false, { ref: false })])) return signalGroup(pid, 'SIGKILL')
  signalGroup(pid, 'SIGKILL')
  await ended
}

function signalGroup(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(-pid, signal)
  } catch {
    // gone already
  }
}

/** Appends, and starts over once the log is long: a demo may run for weeks. */
function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true })
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  return openSync(file, size > MOST_LOG_BYTES ? 'w' : 'a')
}
