/** Runs once when the server starts: a wrong configuration ends it here, by name, and not at a student's first click. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { requireEnv } = await import('@/lib/config/require-env')
  requireEnv()
}
