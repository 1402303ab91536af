import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Running, runPart } from '@/sandbox/demo/part'

export interface BuildOptions {
  readonly root: string
  /** Folder of the build, below `root`. */
  readonly distDir: string
  readonly logFile: string
}

const SOURCES = ['{app,components,lib,public}/**/*', 'messages/**/*.json', 'prisma/schema.prisma', '*.{ts,mjs,json}']

/** Builds the web app unless the last build came from exactly these sources. @returns whether it had to build */
export async function buildIfChanged(options: BuildOptions, onStart: (part: Running) => void): Promise<boolean> {
  const stamp = join(options.root, options.distDir, 'built-from')
  const sources = hashSources(options.root)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return false
  rmSync(stamp, { force: true })
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_DIST_DIR: options.distDir,
  } as const
  await runPart(
    { root: options.root, args: [nextScript(options.root), 'build'], env, logFile: options.logFile },
    onStart,
  )
  writeFileSync(stamp, sources)
  return true
}

export function nextScript(root: string): string {
  return join(root, 'node_modules/next/dist/bin/next')
}

/** What a build depends on; tests and what is generated from the schema are left out. */
function hashSources(root: string): string {
  const exclude = (path: string) =>
    /(^|[/\\])(generated|node_modules)$|[.]test[.]tsx?$|tsbuildinfo$|next-env/.test(path)
  const files = globSync(SOURCES, { cwd: root, exclude })
    .map((path) => join(root, path))
    .filter((path) => statSync(path).isFile())
    .sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}
