import type { SandboxContext } from './http/types'
import { createWorld, type WorldOptions } from './world'
import type { World } from './world/types'

export type SandboxOptions = {
  port?: number
  /** Port of the mail server; a free one where it is not named. */
  mailPort?: number
  world?: World | WorldOptions
  /** Addresses of the app; redirect addresses of the OAuth applications must be below one of them. */
  appUrls?: readonly string[]
  tokenSecret?: string
  gitcodeLimits?: { perMinute: number; perHour: number }
  now?: () => Date
}

/** Credentials of the demo's applications; worth nothing outside the sandbox. */
export const SANDBOX_CLIENTS = {
  github: { clientId: 'Ov23lisandboxgithub', clientSecret: 'sandbox-github-client-secret' },
  gitee: { clientId: 'sandbox-gitee-client', clientSecret: 'sandbox-gitee-client-secret' },
  gitcode: { clientId: 'sandbox-gitcode-client', clientSecret: 'sandbox-gitcode-client-secret' },
  huggingface: { clientId: 'sandbox-huggingface-client', clientSecret: 'sandbox-huggingface-client-secret' },
} as const

const DEFAULT_APP_URLS = ['http://127.0.0.1:3000/', 'http://localhost:3000/']

export function createContext(origin: string, options: SandboxOptions): SandboxContext {
  const callbackUrls = options.appUrls ?? DEFAULT_APP_URLS
  const world = options.world && 'findAccount' in options.world ? options.world : createWorld(options.world ?? {})
  return {
    world,
    origin,
    now: options.now ?? (() => new Date()),
    tokenSecret: options.tokenSecret ?? 'sandbox',
    clients: {
      github: [{ ...SANDBOX_CLIENTS.github, callbackUrls }],
      gitee: [{ ...SANDBOX_CLIENTS.gitee, callbackUrls }],
      gitcode: [{ ...SANDBOX_CLIENTS.gitcode, callbackUrls }],
      huggingface: [{ ...SANDBOX_CLIENTS.huggingface, callbackUrls }],
    },
    gitcodeLimits: options.gitcodeLimits ?? { perMinute: 50, perHour: 4000 },
  }
}
