import { CommanderError } from 'commander'
import { z } from 'zod'
import { isAppError } from '@/lib/domain/errors'

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
  const isSystem = error instanceof Error && 'code' in error && typeof error.code === 'string'
  const details = { problem: error instanceof Error ? error.message : String(error) }
  return { code: isSystem ? String(error.code) : 'unexpected', details, exit: EXIT.refused }
}
