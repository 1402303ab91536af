import { z } from 'zod'
import { publicKeys, secretKeyRing, shouldBe, signingKey } from '@/lib/config/env-shapes'

/** Everything that can be set, for the app and the worker alike. Only addresses and credentials differ between a demo and real use. */
const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  APP_URL: z.url().refine(isOriginOfOurs),
  AUTH_SECRET: z.string().min(32),
  SEALING_KEYS: secretKeyRing,
  LEDGER_SIGNING_KEY: signingKey,
  LEDGER_FORMER_KEYS: publicKeys.default([]),
  GITHUB_URL: z.url({ protocol: /^https?$/ }).default('https://github.com'),
  GITHUB_API_URL: z.url({ protocol: /^https?$/ }).default('https://api.github.com'),
  GITHUB_CLIENT_ID: z.string().min(1),
  GITHUB_CLIENT_SECRET: z.string().min(1),
  GITEE_URL: z.url({ protocol: /^https?$/ }).default('https://gitee.com'),
  GITEE_CLIENT_ID: z.string().min(1),
  GITEE_CLIENT_SECRET: z.string().min(1),
  GITCODE_URL: z.url({ protocol: /^https?$/ }).default('https://gitcode.com'),
  GITCODE_API_URL: z.url({ protocol: /^https?$/ }).default('https://api.gitcode.com/api/v5'),
  GITCODE_CLIENT_ID: z.string().default(''),
  GITCODE_CLIENT_SECRET: z.string().default(''),
  HUGGINGFACE_URL: z.url({ protocol: /^https?$/ }).default('https://huggingface.co'),
  HUGGINGFACE_CLIENT_ID: z.string().default(''),
  HUGGINGFACE_CLIENT_SECRET: z.string().default(''),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/** Variables of a platform that need not be offered: one without the other is a mistake. */
const TOGETHER = [
  ['GITCODE_CLIENT_ID', 'GITCODE_CLIENT_SECRET'],
  ['HUGGINGFACE_CLIENT_ID', 'HUGGINGFACE_CLIENT_SECRET'],
] as const

/** The configuration, checked and parsed; secrets in it are for use, never for logs or screens. */
export type Env = z.infer<typeof schema>
export type EnvName = keyof Env

/** What is missing or wrong, by name; its message says what each should look like and never what it is. */
export class EnvError extends Error {
  override readonly name = 'EnvError'

  constructor(readonly names: readonly EnvName[]) {
    const lines = names.map((name) => `  ${name} should be ${shouldBe[name]}`)
    super(`These variables are missing or not right:\n${lines.join('\n')}\nAll of them are explained in .env.example.`)
  }
}

/**
 * Checks and parses a set of variables. An empty one counts as not set.
 * @throws EnvError naming every variable that is not right
 */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse(set)
  if (parsed.success) return withFormerKeys(withPairs(parsed.data))
  const wrong = new Set(parsed.error.issues.map((issue) => issue.path[0]))
  throw new EnvError(names.filter((name) => wrong.has(name)))
}

/** @throws EnvError naming the half that is missing */
function withPairs(env: Env): Env {
  const missing = TOGETHER.flatMap((pair) => {
    const empty = pair.filter((name) => env[name] === '')
    return empty.length === 1 ? empty : []
  })
  if (missing.length > 0) throw new EnvError(missing)
  return env
}

/** @throws EnvError where a former key has the name of the present one: a head names its key by that */
function withFormerKeys(env: Env): Env {
  const clash = env.LEDGER_FORMER_KEYS.some(({ kid }) => kid === env.LEDGER_SIGNING_KEY.kid)
  if (clash) throw new EnvError(['LEDGER_FORMER_KEYS'])
  return env
}

export const names: readonly EnvName[] = schema.keyof().options

let parsedOnce: Env | undefined

/** The configuration of this process, checked when first asked for; each entry point asks at its start. */
export function env(): Env {
  parsedOnce ??= parseEnv(process.env)
  return parsedOnce
}

/**
 * The address of the schema's owner. Only the worker and the commands have it; the web app does well without.
 * @throws EnvError where it is not set
 */
export function ownerDatabaseUrl(): string {
  const url = env().DATABASE_OWNER_URL
  if (url === undefined) throw new EnvError(['DATABASE_OWNER_URL'])
  return url
}

/** An origin without path; https, since sign-in cookies travel on it, unless it is this machine. */
function isOriginOfOurs(value: string): boolean {
  const url = new URL(value)
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback)
  return isSafe && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
}
