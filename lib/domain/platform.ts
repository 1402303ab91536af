/** The platforms that contributions are read from. A new one (gitcode, huggingface) is added here and gets its folder in lib/platforms. */
export const PLATFORMS = ['github', 'gitee'] as const
export type Platform = (typeof PLATFORMS)[number]

/** Whether a string from outside names a platform we read. */
export function isPlatform(value: string): value is Platform {
  return (PLATFORMS as readonly string[]).includes(value)
}

/** An identity on a platform: the immutable numeric id (as text) is who it is, the login is only what to show today. */
export type PlatformUser = { platformUserId: string | null; login: string }

/** One key for "this identity on this platform", for sets and maps. */
export function platformIdentityKey(platform: Platform, platformUserId: string): string {
  return `${platform}:${platformUserId}`
}
