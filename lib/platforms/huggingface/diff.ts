import { createHash } from 'node:crypto'
import type { CollectedFile } from '../port'

const FILE_START = /^diff --git /
const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/

/** The files of a unified diff as git writes it, with their line counts; each keeps its own part as its patch. */
export function readDiff(diff: string): CollectedFile[] {
  const files: CollectedFile[] = []
  for (const part of splitFiles(diff.split('\n'))) {
    const file = readFile(part)
    if (file) files.push(file)
  }
  return files
}

/** Changed text begins with a sign or a blank: no line of it looks like the beginning of a file. */
function splitFiles(lines: readonly string[]): string[][] {
  const parts: string[][] = []
  for (const line of lines) {
    if (FILE_START.test(line)) parts.push([])
    parts.at(-1)?.push(line)
  }
  return parts
}

type Left = { old: number; new: number }

function hunkOf(line: string): Left {
  const found = HUNK.exec(line)
  if (!found) return { old: 0, new: 0 }
  return { old: Number(found[1] ?? '1'), new: Number(found[2] ?? '1') }
}

function countDown(left: Left, line: string): Left {
  const [sign] = line
  if (sign === '+') return { old: left.old, new: left.new - 1 }
  if (sign === '-') return { old: left.old - 1, new: left.new }
  // "\ No newline at end of file" belongs to the line before it.
  if (sign === '\\') return left
  return { old: left.old - 1, new: left.new - 1 }
}

function readFile(lines: readonly string[]): CollectedFile | null {
  const [, before, after] = /^diff --git "?a\/(.+?)"? "?b\/(.+?)"?$/.exec(lines[0] ?? '') ?? []
  if (before === undefined || after === undefined) return null
  const { head, additions, deletions, hasHunks } = countLines(lines)
  const has = (start: string) => head.some((line) => line.startsWith(start))
  const status = has('new file')
    ? 'added'
    : has('deleted file')
      ? 'removed'
      : has('rename from')
        ? 'renamed'
        : 'modified'
  const patch = hasHunks ? lines.slice(head.length).join('\n').replace(/\n+$/, '') : null
  return {
    path: after,
    previousPath: before === after ? null : before,
    status,
    additions,
    deletions,
    patch,
    patchSha256: patch === null ? null : createHash('sha256').update(patch).digest('hex'),
  }
}

function countLines(lines: readonly string[]) {
  const head: string[] = []
  const counted = { additions: 0, deletions: 0 }
  let left: Left = { old: 0, new: 0 }
  let hasHunks = false
  for (const line of lines) {
    const isInside = left.old > 0 || left.new > 0
    if (!isInside) {
      left = hunkOf(line)
      hasHunks ||= HUNK.test(line)
      if (!hasHunks) head.push(line)
      continue
    }
    if (line.startsWith('+')) counted.additions += 1
    if (line.startsWith('-')) counted.deletions += 1
    left = countDown(left, line)
  }
  return { head, ...counted, hasHunks }
}
