import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface SourceFile {
  /** Path from the root, with forward slashes. */
  readonly file: string
  readonly text: string
}

const FOLDERS = ['app', 'components', 'lib', 'messages', 'prisma', 'sandbox', 'scripts', 'tests']
const ROOT_FILES = ['*.ts', '*.mjs', '*.json', '*.md', '.env.example', '.ci/run']
const IGNORED = /(^|\/)(node_modules|generated|[.]next[^/]*)\/|package-lock[.]json|next-env|tsbuildinfo/

/** The project's own text files below `root` whose path matches. */
export function readSources(root: string, matching: RegExp): SourceFile[] {
  const patterns = [...FOLDERS.map((folder) => `${folder}/**/*.*`), 'docs/**/*.md', ...ROOT_FILES]
  const paths = globSync(patterns, { cwd: root, exclude: (path) => path === 'node_modules' || path === 'generated' })
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => matching.test(path) && !IGNORED.test(path))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
}

/** Line of a position, counted from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
