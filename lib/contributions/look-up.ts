import { findOpenConnection } from '@/lib/db/open-connection'
import { withScope } from '@/lib/db/scope'
import { isSyncPaused } from '@/lib/db/sync-pauses'
import type { ContributionAddress } from '@/lib/domain/contribution-address'
import type { Reason } from '@/lib/domain/eligibility'
import { type NamedContribution, type NamedPlace, readNamed } from '@/lib/platforms/named-contribution'
import { isPlatformError } from '@/lib/platforms/platform-error'
import { ANONYMOUS } from '@/lib/platforms/port'
import { getPlatform } from '@/lib/platforms/registry'
import { CONNECTION_KIND_OF, universityCredential } from '@/lib/platforms/university-credential'

/** What the platform says of it now; `refused` where nothing that the rules say could let it through. */
export type LookUpResult =
  | { found: true; named: NamedContribution }
  | { found: false; refused?: Reason; platformFailure: string | null }

export type LookUpAsk = NamedPlace & {
  universityId: string
  address: ContributionAddress
  ownPlatformUserIds: readonly string[]
}
export type LookUp = (ask: LookUpAsk) => Promise<LookUpResult>

const TIMEOUT_MS = 8_000
const NOTHING = { found: false, platformFailure: null } as const

/**
 * Asks the platform by names and numbers, with the university's credential; a pasted address is never fetched. A platform
 * that the university paused is not asked: the failure is `sync_paused`.
 */
export const lookUpOnPlatform: LookUp = async ({ universityId, address, ...place }) => {
  const { platform } = address
  const kind = CONNECTION_KIND_OF[platform]
  const { isPaused, connection } = await withScope({ universityId }, async (tx) => ({
    isPaused: await isSyncPaused(tx, { universityId, platform }),
    connection: await findOpenConnection(tx, { universityId, kind }),
  }))
  if (isPaused) return { ...NOTHING, platformFailure: 'sync_paused' }
  try {
    const credential = connection ? await universityCredential(platform, connection) : ANONYMOUS
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const result = await readNamed(getPlatform(platform), address, { ...place, credential, signal })
    if ('refused' in result) return { found: false, refused: result.refused, platformFailure: null }
    return result.found ? { found: true, named: result.found } : NOTHING
  } catch (error) {
    if (isPlatformError(error, 'not_found')) return NOTHING
    if (isPlatformError(error)) return { ...NOTHING, platformFailure: error.kind }
    if (error instanceof DOMException) return { ...NOTHING, platformFailure: 'unavailable' }
    throw error
  }
}
