import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { isRunning } from '@/sandbox/demo/processes'

const lockContent = z.object({ pid: z.number(), parts: z.record(z.string(), z.number()) })
type Lock = z.infer<typeof lockContent>

/**
 * One demo a folder. What a killed one left running (its watcher needs a moment to end them; killed too, it never
 * will) is waited for, then ended.
 * @throws Error when another demo runs on this folder
 */
export async function takeLock(dataDir: string, root: string): Promise<void> {
  mkdirSync(dataDir, { recursive: true })
  const left = readLock(dataDir)
  if (left && isRunning(left.pid, root)) {
    throw new Error(
      `A demo runs on ${dataDir} already (process ${left.pid}). End it, or set DATA_DIR to another folder.`,
    )
  }
  for (const pid of Object.values(left?.parts ?? {})) await endLeftover(pid, root)
  writeLock(dataDir, { pid: process.pid, parts: {} })
}

/** Keeps on file what would have to be ended after a kill -9. */
export function recordParts(dataDir: string, parts: Record<string, number>): void {
  writeLock(dataDir, { pid: process.pid, parts })
}

export function releaseLock(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true })
}

async function endLeftover(pid: number, root: string) {
  for (const signal of [null, 'SIGTERM', 'SIGKILL'] as const) {
    if (signal && isRunning(pid, root)) process.kill(pid, signal)
    const until = Date.now() + (signal === null ? 3_000 : 8_000)
    while (isRunning(pid, root) && Date.now() < until) await sleep(50)
  }
}

function readLock(dataDir: string): Lock | null {
  if (!existsSync(fileOf(dataDir))) return null
  const parsed = lockContent.safeParse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')))
  return parsed.success ? parsed.data : null
}

function writeLock(dataDir: string, lock: Lock) {
  const half = `${fileOf(dataDir)}.${process.pid}`
  writeFileSync(half, JSON.stringify(lock))
  renameSync(half, fileOf(dataDir))
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'demo.lock')
}
