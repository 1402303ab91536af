import { spawn } from 'node:child_process'
import { Socket } from 'node:net'
import type { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('./watcher-main.mjs', import.meta.url))

/** Lines that still hold, to be told again should the watcher itself be killed. */
const standing = new Map<string, string>()
let orders: Writable | undefined

/**
 * Has `pid` ended should this process go in any way, kill -9 included. Those watched last end first.
 * @param signal what asks it to end; its process group is killed when that takes more than 8 seconds
 */
export function watchProcess(pid: number, signal: NodeJS.Signals = 'SIGTERM'): void {
  tell(String(pid), `watch ${pid} ${signal}`)
}

/** The process has ended, or is not ours to end any more. */
export function forgetProcess(pid: number): void {
  standing.delete(String(pid))
  orders?.write(`forget ${pid}\n`)
}

/** Has a temporary folder deleted after the watched processes ended. */
export function deleteFolderAtEnd(path: string): void {
  tell(path, `folder ${path}`)
}

function tell(key: string, line: string) {
  standing.set(key, line)
  if (orders) orders.write(`${line}\n`)
  else open()
}

function open() {
  const child = spawn(process.execPath, [MAIN], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  child.stdin.on('error', () => {})
  child.on('exit', () => {
    orders = undefined
    if (standing.size > 0) open()
  })
  child.unref()
  if (child.stdin instanceof Socket) child.stdin.unref()
  orders = child.stdin
  for (const line of standing.values()) child.stdin.write(`${line}\n`)
}
