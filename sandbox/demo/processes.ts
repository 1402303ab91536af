import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync } from 'node:fs'

/** Whether a process lives and is one of this project's: a pid from a file may belong to a stranger by now. */
export function isRunning(pid: number, root: string): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const seen = lookAt(pid)
  return seen !== '' && seen.includes(root)
}

/** Command line and working folder; empty when it has ended, also where nobody waited for it yet (a zombie). */
function lookAt(pid: number): string {
  if (!existsSync('/proc/self'))
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
  try {
    if (/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return ''
    return `${readFileSync(`/proc/${pid}/cmdline`, 'utf8')} ${readlinkSync(`/proc/${pid}/cwd`)}`
  } catch {
    return ''
  }
}
