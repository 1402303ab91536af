// A process of its own that outlives its parent by a moment: when the parent goes, however it goes (the pipe on
// stdin ends even after kill -9), it ends what the parent had started and then itself.
// Lines on stdin: "watch PID SIGNAL", "forget PID", "folder PATH" (deleted at the end).
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const GRACE_MS = 8_000
const watched = new Map()
const folders = new Set()

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  const [verb, first = '', ...rest] = line.split(' ')
  if (verb === 'watch') watched.set(Number(first), rest[0] ?? 'SIGTERM')
  if (verb === 'forget') watched.delete(Number(first))
  if (verb === 'folder') folders.add([first, ...rest].join(' '))
})
lines.on('close', async () => {
  for (const [pid, signal] of [...watched].reverse()) await end(pid, signal)
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  process.exit(0)
})

/** The last started ends first: the database outlives those that use it. */
async function end(pid, signal) {
  send(pid, signal)
  const until = Date.now() + GRACE_MS
  while (isAlive(pid) && Date.now() < until) await sleep(25)
  if (isAlive(pid)) send(-pid, 'SIGKILL')
}

function send(pid, signal) {
  try {
    process.kill(pid, signal)
  } catch {
    // gone already
  }
}

/** A process that ended but was not waited for (its parent is gone) is a zombie: it counts as gone. */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const stat = `/proc/${pid}/stat`
  return !existsSync(stat) || !/\) [ZX] /.test(readFileSync(stat, 'utf8'))
}
