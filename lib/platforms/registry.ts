import type { PlatformBaseUrls } from '@/lib/domain/contribution-address'
import { byPlatform, PLATFORM_TRAITS, PLATFORMS, type Platform } from '@/lib/domain/platform'
import { createGitCodeAdapter } from './gitcode/adapter'
import { createGiteeAdapter } from './gitee/adapter'
import { createGitHubAdapter } from './github/adapter'
import { createHuggingFaceAdapter } from './huggingface/adapter'
import type { PlatformPort } from './port'
import { type AllPlatformSettings, platformSettings } from './settings'

export type Platforms = Readonly<Record<Platform, PlatformPort>>

/** All platforms that are read. A new one is one folder and one line here. */
export function createPlatforms(settings: AllPlatformSettings = platformSettings()): Platforms {
  return {
    github: createGitHubAdapter(settings.github),
    gitee: createGiteeAdapter(settings.gitee),
    gitcode: createGitCodeAdapter(settings.gitcode),
    huggingface: createHuggingFaceAdapter(settings.huggingface),
  }
}

/** One platform, as this process is configured. */
export function getPlatform(platform: Platform): PlatformPort {
  return createPlatforms()[platform]
}

/** The platforms at which this deployment has an application: only there can accounts be linked. */
export function offeredPlatforms(settings: AllPlatformSettings = platformSettings()): Platform[] {
  return PLATFORMS.filter((platform) => settings[platform].clientId !== '')
}

/** Where the pages of each platform live: what a pasted address is compared with. Set to its own address, all of its homes. */
export function platformBaseUrls(settings: AllPlatformSettings = platformSettings()): PlatformBaseUrls {
  return byPlatform((platform) => {
    const { homes } = PLATFORM_TRAITS[platform]
    const { webUrl } = settings[platform]
    return homes.includes(webUrl) ? homes : [webUrl]
  })
}
