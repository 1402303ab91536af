import { findMaintainerRequestStanding, type MaintainerRequestStanding } from '@/lib/db/maintainer-requests'
import { withScope } from '@/lib/db/scope'

/** How a maintainer's request stands, for whoever knows its id; null where there is none. */
export async function findOptOutStanding(requestId: string): Promise<MaintainerRequestStanding | null> {
  return withScope({}, (tx) => findMaintainerRequestStanding(tx, requestId))
}
