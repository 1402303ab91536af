import type { Platform } from '@/lib/domain/platform'
import { offeredPlatforms } from '@/lib/platforms/registry'

/** The platforms at which accounts can be linked here: a deployment need not have an application at each. */
export function listOfferedPlatforms(): Platform[] {
  return offeredPlatforms()
}
