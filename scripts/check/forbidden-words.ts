import type { Finding } from '@/scripts/check/finding'
import { lineAt, readSources, type SourceFile } from '@/scripts/check/source-files'

interface ForbiddenWord {
  readonly words: string
  readonly pattern: RegExp
  /** Which files it is looked for in. */
  readonly files: RegExp
}

const CODE = /[.](ts|tsx|mjs)$/
const TESTS = /([.]test[.]tsx?|^tests\/.*[.]ts)$/
const ANY = /./

const forbiddenWords: readonly ForbiddenWord[] = [
  { words: 'a path of one machine', pattern: /(?<![\w.$}/])\/(?:work|home\/\w+|Users\/\w+|root)\/\w/g, files: ANY },
  {
    words: 'TODO without a decision: write TODO(docs/decisions/…) or do it',
    pattern: /\b(?:TODO|FIXME|XXX|HACK)\b(?!\(docs\/decisions\/)/g,
    files: CODE,
  },
  {
    words: 'the compiler silenced; @ts-expect-error with a reason is the most',
    pattern: /@ts-(?:ignore|nocheck)\b|@ts-expect-error\s*$/gm,
    files: CODE,
  },
  {
    words: 'a rule silenced without a reason',
    pattern: /biome-ignore(?:-all|-start)? [\w/]+(?:\s*$|:\s*(?:$|<))/gm,
    files: CODE,
  },
  { words: 'a cast through unknown: parse it instead', pattern: /\bas unknown as\b/g, files: /[.]tsx?$/ },
  {
    words: 'a module mock: set the scene with the real thing',
    pattern: /\b(?:vi|jest)\.(?:mock|doMock)\(/g,
    files: TESTS,
  },
  { words: 'waiting for time to pass: wait for what should happen', pattern: /\bwaitForTimeout\(/g, files: TESTS },
  { words: 'an enum: as const and a union', pattern: /^\s*(?:export\s+)?(?:const\s+)?enum\s+\w/gm, files: /[.]tsx?$/ },
]

const forbiddenNames = /(^|\/)(utils?|helpers?|misc|commons?)([./]|$)/

/** What must not stand in the project's files, and names that say nothing. */
export function findForbiddenWords(root: string): Finding[] {
  return readSources(root, ANY)
    .filter(
      (source) =>
        source.file !== 'scripts/check/forbidden-words.ts' &&
        source.file !== 'tests/architecture/forbidden-words.test.ts',
    )
    .flatMap((source) => [...forbiddenIn(source), ...nameFaults(source.file)])
}

function forbiddenIn({ file, text }: SourceFile): Finding[] {
  return forbiddenWords
    .filter((forbidden) => forbidden.files.test(file))
    .flatMap(({ words, pattern }) =>
      [...text.matchAll(pattern)].map((match) => ({ file, line: lineAt(text, match.index), words })),
    )
}

function nameFaults(file: string): Finding[] {
  return !file.startsWith('messages/') && forbiddenNames.test(file)
    ? [{ file, words: 'a name that says nothing: name the thing' }]
    : []
}
