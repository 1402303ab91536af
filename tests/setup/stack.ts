import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Stack, startStack } from '@/sandbox/demo/stack'
import { findFreePort } from '@/scripts/postgres/server'
import { deleteFolderAtEnd } from '@/scripts/process/watcher'

export interface TestStackOptions {
  /** Left out: free ones. */
  readonly port?: number
  readonly sandboxPort?: number
  /** Left out: a temporary folder, deleted at the end. */
  readonly dataDir?: string
  /** Further variables for all parts, such as SANDBOX_PEOPLE. */
  readonly env?: Readonly<Record<string, string>>
}

/** The whole demo on throw-away data: database, sandbox, worker, web. The caller stops it. */
export async function startTestStack(options: TestStackOptions = {}): Promise<Stack & { dataDir: string }> {
  const dataDir = options.dataDir ?? makeFolder()
  const stack = startStack({
    root: process.cwd(),
    dataDir,
    port: options.port ?? (await findFreePort()),
    sandboxPort: options.sandboxPort ?? (await findFreePort()),
    distDir: process.env.NEXT_DIST_DIR || '.next',
    durable: false,
    env: { LOG_LEVEL: 'warn', ...options.env },
    onStep: (words) => console.log(words),
    onRestart: (words) => console.log(words),
    onGiveUp: (words) => {
      console.error(words)
      void stack.stop().then(() => process.exit(1))
    },
  })
  try {
    return { ...(await stack.ready), dataDir }
  } catch (error) {
    await stack.stop()
    throw error
  }
}

/** A temporary folder that the database's account may enter, deleted when this process has ended. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yuanfen-stack-'))
  chmodSync(folder, 0o711)
  deleteFolderAtEnd(folder)
  return folder
}

/** Leaves the addresses for other processes, readable by nobody else. */
export function writeStackFile(dataDir: string, stack: Pick<Stack, 'appUrl' | 'sandboxUrl' | 'env'>): void {
  const { appUrl, sandboxUrl, env } = stack
  writeFileSync(join(dataDir, 'stack.json'), JSON.stringify({ appUrl, sandboxUrl, env }), { mode: 0o600 })
}
