import { type Logger, log } from '@/lib/log/log'

/** Writes down what nobody expected, with the id that the reader was given; without secrets and e-mail addresses. */
export function reportUnexpected(
  error: unknown,
  context: { requestId: string; [key: string]: string },
  to: Pick<Logger, 'error'> = log,
): void {
  to.error('unexpected', { ...context, error: error instanceof Error ? error : { thrown: String(error) } })
}
