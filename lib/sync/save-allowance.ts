import { withScope } from '@/lib/db/scope'
import { saveSyncAllowances } from '@/lib/db/sync-allowances'
import type { Platform } from '@/lib/domain/platform'
import type { Credential } from '@/lib/platforms/port'

/** Puts down what the platform said of the university's own credential since the last time; a person's is nobody's business. */
export async function saveAllowance(universityId: string, platform: Platform, credential: Credential): Promise<void> {
  if (credential.kind !== 'token' || credential.of !== 'university') return
  const told = credential.meter?.take() ?? []
  if (told.length === 0) return
  const rows = told.map((one) => ({ ...one, platform }))
  await withScope({ universityId }, (tx) => saveSyncAllowances(tx, universityId, rows))
}
