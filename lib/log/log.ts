import { redact } from '@/lib/log/redact'
import { currentRequestId } from '@/lib/log/request-id'

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]
export type LogFields = Readonly<Record<string, unknown>>

type Write = (line: string) => void

export interface Logger {
  /** @param event what happened, in snake_case: stable, to be searched for */
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
  /** A logger that adds these fields to each line. */
  with(fields: LogFields): Logger
}

/** Lines of JSON; secrets and e-mail addresses do not get into them. */
export function createLogger(write: Write, least: LogLevel | 'silent' = 'info', always: LogFields = {}): Logger {
  const isOn = (level: LogLevel) => least !== 'silent' && logLevels.indexOf(level) >= logLevels.indexOf(least)
  const at =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}) => {
      if (isOn(level)) write(lineOf(level, event, { ...always, ...fields }))
    }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: (fields) => createLogger(write, least, { ...always, ...fields }),
  }
}

function lineOf(level: LogLevel, event: string, fields: LogFields): string {
  const requestId = currentRequestId()
  const head = { time: new Date().toISOString(), level, event, ...(requestId ? { requestId } : {}) }
  return JSON.stringify({ ...head, ...plainFields(fields) })
}

/** `time`, `level` and `event` are the line's own: a field cannot pretend to be another line. */
function plainFields(fields: LogFields): Record<string, unknown> {
  const redacted = redact(fields)
  if (typeof redacted !== 'object' || redacted === null) return {}
  const { time: _time, level: _level, event: _event, ...rest }: Record<string, unknown> = { ...redacted }
  return rest
}

/** What LOG_LEVEL says; `info` without it. */
export function levelFromEnvironment(): LogLevel | 'silent' {
  const wanted = process.env.LOG_LEVEL
  if (wanted === 'silent') return wanted
  return logLevels.find((level) => level === wanted) ?? 'info'
}

/** The log of this process, on standard output. */
export const log: Logger = createLogger((line) => process.stdout.write(`${line}\n`), levelFromEnvironment())
