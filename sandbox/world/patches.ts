import { contentKey } from './file-changes'
import { Random } from './random'
import type { FileChange, PullRequest } from './types'

const NAMES = [
  'config',
  'hidden_states',
  'batch',
  'cache',
  'mask',
  'weights',
  'device',
  'tokens',
  'scale',
  'group',
] as const
const CALLS = [
  'validate',
  'reshape',
  'to_device',
  'pad_to_multiple',
  'gather',
  'dequantize',
  'flatten',
  'clone',
] as const
const HUNK_LINES = 40
/** Above this many changed lines the platforms leave the patch out; so do we. */
export const PATCH_LIMIT_LINES = 3_000

/** A unified diff with exactly the file's additions and deletions; empty when there is no text to show. */
export function patchOf(pullRequest: PullRequest, file: FileChange): string {
  const changedLines = file.additions + file.deletions
  if (changedLines === 0 || changedLines > PATCH_LIMIT_LINES) return ''
  const random = new Random(`patch/${contentKey(pullRequest)}/${file.path}`)
  if (pullRequest.traps.includes('trivial_change')) return whitespacePatch(file, random)
  const hunks: string[] = []
  let added = file.additions
  let deleted = file.deletions
  let line = file.status === 'added' ? 0 : random.between(4, 60)
  let shift = 0
  while (added + deleted > 0) {
    const deletions = Math.min(deleted, random.between(0, HUNK_LINES))
    const additions = Math.min(added, deletions === 0 ? HUNK_LINES : random.between(1, HUNK_LINES))
    if (additions + deletions === 0) continue
    const context = file.status === 'added' ? 0 : 3
    hunks.push(hunk({ line, shift, additions, deletions, context }, random))
    line += deletions + 2 * context + random.between(6, 80)
    shift += additions - deletions
    added -= additions
    deleted -= deletions
  }
  return hunks.join('\n')
}

type Hunk = { line: number; shift: number; additions: number; deletions: number; context: number }

function hunk({ line, shift, additions, deletions, context }: Hunk, random: Random): string {
  const before = Array.from({ length: context }, () => ` ${codeLine(random)}`)
  const after = Array.from({ length: context }, () => ` ${codeLine(random)}`)
  const removed = Array.from({ length: deletions }, () => `-${codeLine(random)}`)
  const inserted = Array.from({ length: additions }, () => `+${codeLine(random)}`)
  const oldCount = deletions + 2 * context
  const newCount = additions + 2 * context
  const header = `@@ -${oldCount === 0 ? 0 : line},${oldCount} +${Math.max(1, line + shift)},${newCount} @@`
  return [header, ...before, ...removed, ...inserted, ...after].join('\n')
}

function codeLine(random: Random): string {
  const indent = '    '.repeat(random.between(1, 3))
  const name = random.pick(NAMES)
  switch (random.between(0, 4)) {
    case 0:
      return `${indent}${name} = self.${random.pick(CALLS)}(${random.pick(NAMES)}, dim=${random.between(-1, 3)})`
    case 1:
      return `${indent}if ${name} is None:`
    case 2:
      return `${indent}return ${random.pick(CALLS)}(${name})`
    case 3:
      return `${indent}# keep ${name} in step with ${random.pick(NAMES)}`
    default:
      return `${indent}assert ${name}.shape[0] == ${random.pick(NAMES)}.shape[0]`
  }
}

/** Reformatting only: each line goes out and comes back with other blanks. */
function whitespacePatch(file: FileChange, random: Random): string {
  const lines = Array.from({ length: Math.max(file.additions, file.deletions) }, () => codeLine(random))
  const removed = lines.slice(0, file.deletions).map((line) => `-${line}  `)
  const added = lines.slice(0, file.additions).map((line) => `+${line}`)
  const header = `@@ -12,${removed.length} +12,${added.length} @@`
  return [header, ...removed, ...added].join('\n')
}
