import { EnvError, env } from '@/lib/config/env'

/** For the start of an entry point: ends the process with a readable word when the configuration is not right. */
export function requireEnv(): void {
  try {
    env()
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    console.error(error.message)
    process.exit(1)
  }
}
