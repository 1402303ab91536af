import { type Env, EnvError, env } from '@/lib/config/env'

/**
 * The configuration, for the start of an entry point: where it is not right, the process ends with a word for whoever
 * set it instead of a stack.
 * @param alsoNeeds variables that others can do without
 */
export function requireEnv<Name extends keyof Env = never>(
  ...alsoNeeds: Name[]
): Env & { readonly [K in Name]-?: NonNullable<Env[K]> } {
  try {
    const found = env()
    if (hasAll(found, alsoNeeds)) return found
    throw new EnvError(alsoNeeds.filter((name) => found[name] === undefined))
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    console.error(error.message)
    process.exit(1)
  }
}

function hasAll<Name extends keyof Env>(
  found: Env,
  wanted: readonly Name[],
): found is Env & { readonly [K in Name]-?: NonNullable<Env[K]> } {
  return wanted.every((name) => found[name] !== undefined)
}
