import { createHash, type Hash } from 'node:crypto'

/**
 * What `git patch-id --stable` says of one diff as `git diff` writes it (40 hex digits), or null where it holds no change:
 * the sum of the hashes of its files, without line numbers and blanks, so that the same change at another
 * place of the files, and in another order of them, has the same one.
 * Source: builtin/patch-id.c of git 2.39.
 */
export function stablePatchId(diff: string): string | null {
  const sum = new Uint8Array(20)
  let hash = createHash('sha1')
  let isEmpty = true
  // Lines of the old and the new side that are left in this hunk; -1 within the headers of a file.
  let before = -1
  let after = -1
  let hunks = 0
  let isBinary = false
  let objects = ''
  for (const line of diff.split(/(?<=\n)/)) {
    if (line.startsWith('\\ ') && line.length > 12) continue
    if (isEmpty && !line.startsWith('diff ')) continue
    if (before === -1 && isBinaryNote(line)) {
      isBinary = true
      before = 0
      addTo(sum, hash.update(objects))
      hash = createHash('sha1')
      continue
    }
    if (before === -1 && line.startsWith('index ')) {
      objects = /^index ([0-9a-f]+)\.\.([0-9a-f]+)/.exec(line)?.slice(1).join('') ?? ''
      continue
    }
    if (before === -1 && line.startsWith('--- ')) before = after = 1
    else if (before === -1 && !/^[a-z]/i.test(line)) break
    if (isBinary) {
      // As git does it, the line by which the next file begins is passed over too.
      if (line.startsWith('diff ')) [isBinary, before] = [false, -1]
      continue
    }
    if (before === 0 && after === 0) {
      const counts = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line)
      if (counts) {
        before = Number(counts[1] ?? 1)
        after = Number(counts[2] ?? 1)
        hunks += 1
        continue
      }
      if (!line.startsWith('diff ')) break
      if (hunks > 0) {
        addTo(sum, hash)
        hash = createHash('sha1')
      }
      before = -1
      hunks = 0
    }
    if (line.startsWith('-') || line.startsWith(' ')) before -= 1
    if (line.startsWith('+') || line.startsWith(' ')) after -= 1
    hash.update(line.replace(/[ \t\r\n]/g, ''))
    isEmpty = false
  }
  if (isEmpty) return null
  addTo(sum, hash)
  return Buffer.from(sum).toString('hex')
}

function isBinaryNote(line: string): boolean {
  return line.startsWith('GIT binary patch') || line.startsWith('Binary files')
}

/** Twenty bytes, the carry going to the next one. */
function addTo(sum: Uint8Array, hash: Hash): void {
  let carry = 0
  for (const [at, byte] of hash.digest().entries()) {
    carry += (sum[at] ?? 0) + byte
    sum[at] = carry & 0xff
    carry >>= 8
  }
}

/** A changed file as platforms show it: hunks without git's headers. */
export type PatchedFile = {
  path: string
  previousPath: string | null
  status: 'added' | 'modified' | 'removed' | 'renamed' | 'copied' | 'changed'
  additions: number
  deletions: number
  patch: string | null
}

/**
 * The patch id of a change as its platform shows it; null where a part of it has no text (binary, too large, cut), since two
 * changes that differ only there would look alike. Platforms do not tell modes and likenesses: files count as plain ones,
 * and a renaming as two names. Of a change without these it is what git says.
 */
export function patchIdOfFiles(files: readonly PatchedFile[]): string | null {
  const parts = files.map(diffOf)
  return parts.includes(null) ? null : stablePatchId(parts.join(''))
}

function diffOf(file: PatchedFile): string | null {
  const { path, status, additions, deletions } = file
  const old = file.previousPath ?? path
  const hunks = hunksOf(file.patch)
  const isMoved = old !== path
  if (countOf(hunks, '+') !== additions || countOf(hunks, '-') !== deletions) return null
  if (hunks === '' && !isMoved) return null
  const headers = [
    `diff --git a/${old} b/${path}`,
    ...(status === 'added' ? ['new file mode 100644'] : []),
    ...(status === 'removed' ? ['deleted file mode 100644'] : []),
    ...(isMoved ? [`rename from ${old}`, `rename to ${path}`] : []),
    ...(hunks === '' ? [] : [status === 'added' ? '--- /dev/null' : `--- a/${old}`]),
    ...(hunks === '' ? [] : [status === 'removed' ? '+++ /dev/null' : `+++ b/${path}`]),
  ]
  return `${headers.join('\n')}\n${hunks}`
}

/** From the first hunk on, with the end of line that platforms leave out. */
function hunksOf(patch: string | null): string {
  const start = patch === null ? -1 : patch.search(/^@@ -/m)
  return patch === null || start < 0 ? '' : `${patch.slice(start).replace(/\n$/, '')}\n`
}

function countOf(hunks: string, sign: '+' | '-'): number {
  return hunks.split('\n').filter((line) => line.startsWith(sign)).length
}
