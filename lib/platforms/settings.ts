import { env } from '@/lib/config/env'
import type { Platform } from '@/lib/domain/platform'

/**
 * Where a platform lives and as which OAuth application it knows us; without one, `clientId` is empty and no account can be
 * linked there. Only these differ between a demo and real use.
 */
export type PlatformSettings = { webUrl: string; apiUrl: string; clientId: string; clientSecret: string }

export type AllPlatformSettings = Readonly<Record<Platform, PlatformSettings>>

/** As this process is configured. */
export function platformSettings(): AllPlatformSettings {
  const variables = env()
  return {
    github: {
      webUrl: withoutSlash(variables.GITHUB_URL),
      apiUrl: withoutSlash(variables.GITHUB_API_URL),
      clientId: variables.GITHUB_CLIENT_ID,
      clientSecret: variables.GITHUB_CLIENT_SECRET,
    },
    gitee: {
      webUrl: withoutSlash(variables.GITEE_URL),
      apiUrl: `${withoutSlash(variables.GITEE_URL)}/api/v5`,
      clientId: variables.GITEE_CLIENT_ID,
      clientSecret: variables.GITEE_CLIENT_SECRET,
    },
    gitcode: {
      webUrl: withoutSlash(variables.GITCODE_URL),
      apiUrl: withoutSlash(variables.GITCODE_API_URL),
      clientId: variables.GITCODE_CLIENT_ID,
      clientSecret: variables.GITCODE_CLIENT_SECRET,
    },
    huggingface: {
      webUrl: withoutSlash(variables.HUGGINGFACE_URL),
      apiUrl: `${withoutSlash(variables.HUGGINGFACE_URL)}/api`,
      clientId: variables.HUGGINGFACE_CLIENT_ID,
      clientSecret: variables.HUGGINGFACE_CLIENT_SECRET,
    },
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
