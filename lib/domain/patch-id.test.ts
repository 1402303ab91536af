import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PatchedFile, patchIdOfFiles, stablePatchId } from './patch-id'
import { PATCH_ID_FACTS } from './patch-id-facts'

const textOf = (name: keyof typeof PATCH_ID_FACTS) => PATCH_ID_FACTS[name].diff.join('\n')

describe('stablePatchId', () => {
  it.each(Object.keys(PATCH_ID_FACTS) as (keyof typeof PATCH_ID_FACTS)[])('is what git says: %s', (name) => {
    expect(stablePatchId(textOf(name))).toBe(PATCH_ID_FACTS[name].id)
  })

  it('does not depend on the order of files, nor on what stands before the diff', () => {
    const { id } = PATCH_ID_FACTS.two_files_and_a_new_one
    expect(stablePatchId(textOf('added') + textOf('modified'))).toBe(id)
    expect(stablePatchId(`Fix the loader\n\n${textOf('two_files_and_a_new_one')}`)).toBe(id)
  })

  it('is the same at other lines and with other blanks, another with another word', () => {
    const diff = textOf('modified')
    const moved = diff.replace('@@ -1,7 +1,7 @@', '@@ -81,7 +92,7 @@ class Loader').replace('+    return', '+\treturn')
    expect(stablePatchId(moved)).toBe(PATCH_ID_FACTS.modified.id)
    expect(stablePatchId(diff.replace('utf-8', 'utf-16'))).not.toBe(PATCH_ID_FACTS.modified.id)
  })

  it('is none where nothing changes', () => {
    expect(stablePatchId('')).toBeNull()
    expect(stablePatchId('no diff at all\n')).toBeNull()
  })
})

/** What a platform's list of files holds of a diff of git: hunks alone, without an end of line. */
function filesOf(diff: string): PatchedFile[] {
  return diff
    .split(/^(?=diff --git )/m)
    .filter(Boolean)
    .map((part) => {
      const [, old = '', path = ''] = /^diff --git a\/(.*) b\/(.*)$/m.exec(part) ?? []
      const patch = part.slice(part.search(/^@@ /m)).replace(/\n$/, '')
      const count = (sign: string) => patch.split('\n').filter((line) => line.startsWith(sign)).length
      const status = /^new file/m.test(part) ? 'added' : /^deleted file/m.test(part) ? 'removed' : 'modified'
      return {
        path,
        previousPath: old === path ? null : old,
        status: old === path ? status : 'renamed',
        additions: count('+'),
        deletions: count('-'),
        patch,
      }
    })
}

describe('patchIdOfFiles', () => {
  it.each(['modified', 'added', 'removed', 'no_newline', 'unicode', 'two_files_and_a_new_one'] as const)(
    'of what a platform shows of it is what git says of the whole: %s',
    (name) => {
      expect(patchIdOfFiles(filesOf(textOf(name)))).toBe(PATCH_ID_FACTS[name].id)
    },
  )

  it('takes headers before the first hunk for what they are', () => {
    const [file] = filesOf(textOf('added'))
    if (!file) throw new Error('no file')
    const withHeaders = { ...file, patch: `--- /dev/null\n+++ b/${file.path}\n${file.patch}\n` }
    expect(patchIdOfFiles([withHeaders])).toBe(PATCH_ID_FACTS.added.id)
  })

  it('knows a renaming, with and without other changes', () => {
    const [renamed] = filesOf(textOf('renamed'))
    if (!renamed) throw new Error('no file')
    const alone = { ...renamed, additions: 0, deletions: 0, patch: null }
    const ids = [patchIdOfFiles([renamed]), patchIdOfFiles([alone]), patchIdOfFiles([{ ...alone, previousPath: 'x' }])]
    expect(new Set(ids).size).toBe(3)
    expect(ids).not.toContain(null)
  })

  it.each([
    ['no text', { patch: null }],
    ['a text that was cut', { additions: 900 }],
    ['no text and no lines, as of a picture', { patch: null, additions: 0, deletions: 0 }],
  ])('is none where a file has %s', (_name, over) => {
    const files = filesOf(textOf('two_files_and_a_new_one'))
    expect(patchIdOfFiles(files.map((file, at) => (at === 1 ? { ...file, ...over } : file)))).toBeNull()
  })

  it('is none of no files', () => {
    expect(patchIdOfFiles([])).toBeNull()
  })

  it('does not depend on order, and tells files apart by path and by text', () => {
    const line = fc.stringMatching(/^[a-z]{1,6}$/)
    const someFiles = fc.uniqueArray(fc.record({ path: line, text: line }), {
      minLength: 1,
      maxLength: 6,
      selector: ({ path }) => path,
    })
    const toFile = ({ path, text }: { path: string; text: string }): PatchedFile => ({
      path,
      previousPath: null,
      status: 'modified',
      additions: 1,
      deletions: 0,
      patch: `@@ -3,1 +3,2 @@\n same\n+${text}`,
    })
    fc.assert(
      fc.property(someFiles, (files) => {
        const id = patchIdOfFiles(files.map(toFile))
        expect(id).toMatch(/^[0-9a-f]{40}$/)
        expect(patchIdOfFiles(files.toReversed().map(toFile))).toBe(id)
        const [first, ...others] = files
        if (!first) return
        for (const other of [
          { ...first, path: `${first.path}x` },
          { ...first, text: `${first.text}x` },
        ]) {
          expect(patchIdOfFiles([other, ...others].map(toFile))).not.toBe(id)
        }
      }),
    )
  })
})
