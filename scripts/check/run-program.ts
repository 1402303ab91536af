import { spawn } from 'node:child_process'

export interface ProgramResult {
  readonly ok: boolean
  readonly output: string
}

/** Runs a program of node_modules with this Node and gives back all that it said. */
export function runProgram(script: string, args: readonly string[], root: string): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    const parts: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => parts.push(part))
    child.on('error', (error) => resolve({ ok: false, output: error.message }))
    child.on('close', (code) => resolve({ ok: code === 0, output: Buffer.concat(parts).toString('utf8').trim() }))
  })
}
