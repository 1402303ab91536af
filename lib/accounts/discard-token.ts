import { open, SealError } from '@/lib/config/sealing'
import type { Platform } from '@/lib/domain/platform'
import { log } from '@/lib/log/log'
import { isPlatformError } from '@/lib/platforms/platform-error'
import { getPlatform } from '@/lib/platforms/registry'

/**
 * Ends a token at its platform, where that can be done. Called once the token is out of our database: that it cannot be
 * ended there (the platform is down, Gitee has no way to) is written down and changes nothing here.
 */
export async function discardToken(platform: Platform, token: string): Promise<void> {
  try {
    await getPlatform(platform).oauth.revoke(token)
  } catch (error) {
    if (!isPlatformError(error)) throw error
    log.warn('token_not_revoked', { platform, failure: error.kind })
  }
}

/** {@link discardToken} of a sealed one; one that does not open any more cannot be ended, and nobody can use it. */
export async function discardSealedToken(platform: Platform, sealed: string, context: string): Promise<void> {
  let token: string
  try {
    token = open(sealed, context)
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    log.warn('token_does_not_open', { platform })
    return
  }
  await discardToken(platform, token)
}
