import { env } from '@/lib/config/env'
import type { Platform } from '@/lib/domain/platform'
import { offeredPlatforms } from '@/lib/platforms/registry'
import { platformSettings } from '@/lib/platforms/settings'

/** Where a platform sends the browser back to; registered at the platform as it stands here. */
export function callbackAddress(platform: Platform): string {
  return new URL(`/api/link/${platform}/callback`, env().APP_URL).href
}

/** The only origins beside the university's sign-in that a browser is ever sent to. */
export function platformOrigins(): string[] {
  const settings = platformSettings()
  return offeredPlatforms(settings).map((platform) => new URL(settings[platform].webUrl).origin)
}
