import { withScope } from '@/lib/db/scope'
import { saveSyncAllowances } from '@/lib/db/sync-allowances'
import type { Platform } from '@/lib/domain/platform'
import { log } from '@/lib/log/log'
import type { Credential } from '@/lib/platforms/port'

/**
 * Puts down what the platform said of the university's own credential since the last time; a person's is nobody's business.
 * It never throws: it is called when a reading has ended, and how that ended is what counts.
 */
export async function saveAllowance(universityId: string, platform: Platform, credential: Credential): Promise<void> {
  if (credential.kind !== 'token' || credential.of !== 'university') return
  try {
    const told = credential.meter?.take() ?? []
    if (told.length === 0) return
    const rows = told.map((one) => ({ ...one, platform }))
    await withScope({ universityId }, (tx) => saveSyncAllowances(tx, universityId, rows))
  } catch (error) {
    log.warn('allowance_not_saved', { platform, error: error instanceof Error ? error.name : typeof error })
  }
}
