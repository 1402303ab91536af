import 'server-only'

/** Writes down what nobody expected, with the id that the reader was given. */
export function reportUnexpected(error: unknown, context: { requestId: string; [key: string]: string }): void {
  const cause =
    error instanceof Error
      ? { name: error.name, message: error.message, stack: error.stack }
      : { thrown: String(error) }
  console.error(JSON.stringify({ level: 'error', event: 'unexpected', ...context, error: cause }))
}
