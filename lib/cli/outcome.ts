import { CommanderError } from 'commander'
import { z } from 'zod'
import { isAppError } from '@/lib/domain/errors'
import { createLogger, levelFromEnvironment } from '@/lib/log/log'

/** Beside the answer, which has the standard output to itself. */
const log = createLogger((line) => process.stderr.write(`${line}\n`), levelFromEnvironment())

/** 0: done. 1: refused, or something is wrong. 2: the command was not understood. */
export const EXIT = { ok: 0, refused: 1, usage: 2 } as const

/** What a command answers: values for machines, lines for people, and whether all is well. */
export type Outcome = { values: Readonly<Record<string, unknown>>; lines: readonly string[]; failed?: boolean }

/** Writes an answer: one line of JSON, or words. */
export function tell({ values, lines, failed }: Outcome, { json }: { json: boolean }): number {
  process.stdout.write(
    json ? `${JSON.stringify({ ok: !failed, ...values })}\n` : lines.map((line) => `${line}\n`).join(''),
  )
  return failed ? EXIT.refused : EXIT.ok
}

/** Writes why nothing was done; nothing internal, and no personal data. */
export function tellFailure(error: unknown, { json }: { json: boolean }): number {
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  const { code, details, exit } = failureOf(error)
  const said = Object.entries(details).map(([name, value]) => `${name} ${String(value)}`)
  const text = said.length === 0 ? code : `${code}: ${said.join(', ')}`
  process.stderr.write(json ? `${JSON.stringify({ ok: false, error: { code, details } })}\n` : `${text}\n`)
  return exit
}

function failureOf(error: unknown): { code: string; details: Record<string, unknown>; exit: number } {
  if (isAppError(error)) return { code: error.code, details: error.details, exit: EXIT.refused }
  if (error instanceof z.ZodError) {
    const [issue] = error.issues
    const details = { field: issue?.path.map(String).join('.') ?? '', problem: issue?.message ?? '' }
    return { code: 'invalid_input', details, exit: EXIT.usage }
  }
  // Written by the code that failed, not for this reader: it may name a row's content. The log has it, redacted.
  log.error('command_failed', { error: error instanceof Error ? error : { thrown: String(error) } })
  return { code: systemCodeOf(error) ?? 'unexpected', details: systemPathOf(error), exit: EXIT.refused }
}

/** `ENOENT`, `ECONNREFUSED`: what the operating system answered; a database's codes look otherwise. */
function systemCodeOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? code : null
}

/** The file that could not be used: the operator named it. */
function systemPathOf(error: unknown): Record<string, string> {
  if (systemCodeOf(error) === null || !(error instanceof Error) || !('path' in error)) return {}
  return typeof error.path === 'string' ? { path: error.path } : {}
}
