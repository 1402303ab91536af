import { Random } from './random'
import { keyText } from './source'
import type { FileChange, PullRequest } from './types'

const FOLDERS = ['core', 'models', 'ops', 'data', 'training', 'inference', 'distributed', 'quantization'] as const
const STEMS = [
  'attention',
  'tokenizer',
  'scheduler',
  'loader',
  'kernel_cache',
  'sampler',
  'checkpoint',
  'embedding',
  'rope',
  'trainer',
  'collator',
  'graph_pass',
  'allreduce',
  'beam_search',
  'lora',
] as const
const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  Python: ['py', 'py', 'py', 'md', 'yaml'],
  'C++': ['cc', 'h', 'cpp', 'cu', 'py'],
  Scala: ['scala', 'scala', 'md'],
  Lean: ['lean'],
  TypeScript: ['ts', 'tsx', 'md'],
}

/** A mirror, a cherry-pick or a back-port has its original's content. */
export function contentKey(pullRequest: PullRequest): string {
  return keyText(pullRequest.mirrorOf ?? pullRequest.cherryPickOf ?? pullRequest.backPortOf ?? pullRequest)
}

/** The files of a pull request: their sizes add up to the pull request's own. */
export function deriveFiles(pullRequest: PullRequest, language: string): readonly FileChange[] {
  const random = new Random(`files/${contentKey(pullRequest)}`)
  const count = Math.max(1, pullRequest.changedFiles)
  const additions = split(pullRequest.additions, count, random)
  const deletions = split(pullRequest.deletions, count, random)
  const seen = new Set<string>()
  const files: FileChange[] = []
  for (let index = 0; index < count; index += 1) {
    const added = additions[index] ?? 0
    const deleted = deletions[index] ?? 0
    const path = freshPath(random, language, seen)
    const isAdded = deleted === 0 && added > 30 && random.chance(0.6)
    files.push({
      path,
      previousPath: null,
      status: isAdded ? 'added' : 'modified',
      additions: added,
      deletions: deleted,
    })
  }
  return files
}

function freshPath(random: Random, language: string, seen: Set<string>): string {
  const extensions = EXTENSIONS[language] ?? ['py']
  for (let attempt = 0; ; attempt += 1) {
    const folder = random.chance(0.25) ? `tests/${random.pick(FOLDERS)}` : `src/${random.pick(FOLDERS)}`
    const suffix = attempt > 3 ? `_${random.between(2, 9999)}` : ''
    const path = `${folder}/${random.pick(STEMS)}${suffix}.${random.pick(extensions)}`
    if (seen.has(path)) continue
    seen.add(path)
    return path
  }
}

/** A change of a hundred files or more touches all of them alike: a header, a name. */
const ALIKE_FROM = 100

function split(total: number, count: number, random: Random): readonly number[] {
  if (count < ALIKE_FROM) return splitInto(total, count, random)
  return Array.from({ length: count }, (_, at) => Math.floor(total / count) + (at < total % count ? 1 : 0))
}

/** Splits a total into parts that add up to it, the first ones largest. */
function splitInto(total: number, count: number, random: Random): readonly number[] {
  const parts: number[] = []
  let rest = total
  for (let index = 0; index < count - 1; index += 1) {
    const part = Math.floor(rest * (0.3 + random.next() * 0.4))
    parts.push(part)
    rest -= part
  }
  parts.push(rest)
  return parts
}
