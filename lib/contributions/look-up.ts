import { findOpenConnection } from '@/lib/db/open-connection'
import { withScope } from '@/lib/db/scope'
import type { PullRequestAddress } from '@/lib/domain/pull-request-address'
import { isPlatformError } from '@/lib/platforms/platform-error'
import { ANONYMOUS, type PullRequestSeen } from '@/lib/platforms/port'
import { getPlatform } from '@/lib/platforms/registry'
import { CONNECTION_KIND_OF, universityCredential } from '@/lib/platforms/university-credential'

/** What the platform says of a pull request now. */
export type LookUpResult =
  | { found: true; pullRequest: PullRequestSeen }
  | { found: false; platformFailure: string | null }

export type LookUp = (universityId: string, address: PullRequestAddress) => Promise<LookUpResult>

const TIMEOUT_MS = 8_000

/** Asks the platform by names and number, with the university's credential; a pasted address is never fetched. */
export const lookUpOnPlatform: LookUp = async (universityId, { platform, owner, name, number }) => {
  const kind = CONNECTION_KIND_OF[platform]
  const connection = await withScope({ universityId }, (tx) => findOpenConnection(tx, { universityId, kind }))
  try {
    const credential = connection ? await universityCredential(platform, connection) : ANONYMOUS
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const pullRequest = await getPlatform(platform).findPullRequest({ owner, name, number, credential, signal })
    return pullRequest ? { found: true, pullRequest } : { found: false, platformFailure: null }
  } catch (error) {
    if (isPlatformError(error, 'not_found')) return { found: false, platformFailure: null }
    if (isPlatformError(error)) return { found: false, platformFailure: error.kind }
    if (error instanceof DOMException) return { found: false, platformFailure: 'unavailable' }
    throw error
  }
}
