import { forgetExpired as forget, HOUSEKEEPING } from '@/lib/accounts/forget-expired'
import { log } from '@/lib/log/log'

/** Every few minutes: what ran out is forgotten, link tokens first of all. */
export async function forgetExpired(): Promise<void> {
  const forgotten = await forget(HOUSEKEEPING)
  if (Object.values(forgotten).some((count) => count > 0)) log.info('expired_forgotten', forgotten)
}
