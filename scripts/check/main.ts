/** `npm run check [-- NAME …]`: every check, side by side; the summary names those that fail and why. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Finding } from '@/scripts/check/finding'
import { findForbiddenWords } from '@/scripts/check/forbidden-words'
import { findWrongImports } from '@/scripts/check/import-directions'
import { findMessageFaults } from '@/scripts/check/message-keys'
import { type ProgramResult, runProgram } from '@/scripts/check/run-program'

const root = fileURLToPath(new URL('../..', import.meta.url))

const checks: Record<string, () => Promise<ProgramResult>> = {
  'format, lint and sizes': () => program('@biomejs/biome', 'bin/biome', ['ci', '--max-diagnostics=100', '.']),
  types: checkTypes,
  'import directions': async () => report(await findWrongImports(root)),
  'unused code': () => program('knip', 'bin/knip.js', ['--no-progress']),
  'both languages': async () => report(findMessageFaults(root)),
  'forbidden words': async () => report(findForbiddenWords(root)),
}

const wanted = process.argv.slice(2)
const chosen = Object.entries(checks).filter(
  ([name]) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
)
const results = await Promise.all(chosen.map(([name, check]) => timed(name, check)))

for (const { name, ok, output } of results) {
  if (!ok) console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}\n${output}`)
}
console.log('')
for (const { name, ok, seconds } of results) console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)`)
const failed = results.filter((result) => !result.ok).length
console.log(failed === 0 ? `${results.length} checks passed` : `${failed} of ${results.length} checks failed`)
process.exit(failed === 0 ? 0 : 1)

async function timed(name: string, check: () => Promise<ProgramResult>) {
  const start = performance.now()
  const result = await check().catch((error: unknown) => ({ ok: false, output: String(error) }))
  return { name, ...result, seconds: (performance.now() - start) / 1000 }
}

/** Next writes the types of routes and of CSS imports; without them a clean clone does not compile. */
async function checkTypes(): Promise<ProgramResult> {
  const generated = await program('next', 'dist/bin/next', ['typegen'])
  return generated.ok ? program('typescript', 'bin/tsc', ['--noEmit', '-p', '.']) : generated
}

function program(packageName: string, script: string, args: readonly string[]): Promise<ProgramResult> {
  return runProgram(join(root, 'node_modules', packageName, script), args, root)
}

function report(findings: readonly Finding[]): ProgramResult {
  const output = findings.map(({ file, line, words }) => `${file}${line ? `:${line}` : ''} ${words}`).join('\n')
  return { ok: findings.length === 0, output }
}
