/** `npm test`: unit, contract and integration tests, then those in the browser. The last line counts both. */
import { spawn } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

interface Count {
  readonly passed: number
  readonly failed: number
}

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'yuanfen-reports-'))

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
})

const counts = [await runVitest(), await runPlaywright()]
rmSync(reports, { recursive: true, force: true })
const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

async function runVitest(): Promise<Count> {
  const file = join(reports, 'vitest.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...process.argv.slice(2)]
  const code = await run('vitest/vitest.mjs', args)
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const report = vitestReport.parse(JSON.parse(readFileSync(file, 'utf8')))
  // A file that does not load has no tests to count: it is one that failed.
  const unloaded = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  )
  return withExitCode(code, { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length })
}

async function runPlaywright(): Promise<Count> {
  if (globSync('tests/e2e/**/*.spec.ts', { cwd: root }).length === 0) return { passed: 0, failed: 0 }
  const file = join(reports, 'playwright.json')
  const code = await run('@playwright/test/cli.js', ['test'], { E2E_REPORT: file })
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const { stats, errors } = playwrightReport.parse(JSON.parse(readFileSync(file, 'utf8')))
  return withExitCode(code, { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length })
}

/** Whatever else made the runner fail (a leaked error, a broken setup) counts as one failure. */
function withExitCode(code: number, count: Count): Count {
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
}

function run(script: string, args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', script), ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    })
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 1))
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  })
}
